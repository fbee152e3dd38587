//! Guarded changes of contended rows: they come last, sorted, so that their locks are short.

use std::future::Future;
use std::pin::Pin;

use uuid::Uuid;

use super::session::Write;
use crate::kernel::error::{Fault, Refused};

/// How a guarded change went.
#[derive(Debug)]
pub enum Applied {
    /// The guard held.
    Done,
    /// The guard did not hold; what to tell the client.
    Short(Refused),
}

/// A change of one contended row by an amount, with a guard in its statement.
pub trait Hot: Send + Sync + 'static {
    /// Its place in the lock order: customer usage 1, coupon 2, budget 3, stock 4,
    /// order number 5.
    fn rank(&self) -> u8;
    /// Identifies the row among those of its rank, in lock order.
    fn key(&self) -> String;
    /// By how much it changes the row.
    fn amount(&self) -> i64;
    /// Adds another change of the same row.
    fn merge(&mut self, amount: i64);
    /// The table it changes, and the id by which readers of that table know the row, where it
    /// changes no other row of that table.
    fn row(&self) -> Option<(&'static str, Uuid)> {
        None
    }
    /// One guarded statement whose affected rows are counted; no row: says how much is left.
    fn apply<'a>(
        &'a self,
        w: &'a Write,
    ) -> Pin<Box<dyn Future<Output = Result<Applied, Fault>> + Send + 'a>>;
}

/// Applies all collected changes in lock order; stops at the first guard that does not hold.
pub(super) async fn apply(w: &mut Write) -> Result<Option<Refused>, Fault> {
    let mut hot = std::mem::take(&mut w.hot);
    hot.sort_by_key(|one| (one.rank(), one.key()));
    for one in &hot {
        w.narrow(one.row());
        let applied = one.apply(w).await?;
        w.narrow(None);
        if let Applied::Short(refused) = applied {
            return Ok(Some(refused));
        }
    }
    Ok(None)
}
