//! A process records that it is about to call a provider.

use chrono::TimeDelta;
use entity::id::PaymentOperationId;
use serde::{Deserialize, Serialize};

use crate::domain::payment::steps;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::processes::{self, Lease};
use crate::write::{Before, Command, NothingPrepared, Write};

/// Marks an operation as sent, so that we always know that we may have called.
#[derive(Debug, Serialize)]
pub struct SendOperation {
    /// The right to carry it out.
    #[serde(skip)]
    pub lease: Lease,
    /// How long that right lasts from now.
    #[serde(skip)]
    pub lasts: TimeDelta,
    /// Which operation.
    pub operation: PaymentOperationId,
}

/// Whether to call now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    /// Call.
    Call,
    /// Nothing is left to be called for.
    Resolved,
    /// Somebody else works on it.
    LeaseLost,
}

impl Command for SendOperation {
    const NAME: &'static str = "payment.send";
    const PERMISSION: Permission = Permission::SystemJob;
    type Prepared = NothingPrepared;
    type Output = Sent;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<Sent, Stop> {
        if !processes::hold(w, self.lease).await? {
            return Ok(Sent::LeaseLost);
        }
        if !steps::mark_sent(w, self.operation).await? {
            return Ok(Sent::Resolved);
        }
        processes::advance(w, self.lease, "sent", self.lasts).await?;
        Ok(Sent::Call)
    }
}
