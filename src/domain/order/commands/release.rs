//! What held an order back is cleared: it goes on.

use entity::id::OrderId;
use serde::{Deserialize, Serialize};

use crate::domain::order::state::MACHINE;
use crate::domain::order::steps::{self, Act};
use crate::domain::order::store::moves::Note;
use crate::domain::payment::steps as payment;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::scope::Scope;
use crate::kernel::text::Reason;
use crate::write::{Before, Command, KeyRule, NothingPrepared, Write};

/// Releases an order that is on hold.
#[derive(Debug, Serialize)]
pub struct Release {
    /// Which order.
    pub order: OrderId,
    /// What was found, in the words of who releases it.
    pub note: Reason,
    /// The version the caller has seen.
    pub expected_version: Option<i64>,
}

/// The order is confirmed again.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderReleased {
    /// The order.
    pub order: OrderId,
}

impl Command for Release {
    const NAME: &'static str = "order.release";
    const PERMISSION: Permission = Permission::OrderHold;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = OrderReleased;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<OrderReleased, Stop> {
        let scope = Scope::orders(w.caller());
        let mut order = steps::lock(w, &scope, self.order, self.expected_version).await?;
        payment::locked_standing(w, order.id).await?;
        let facts = steps::facts(w, &order).await?;
        let to = MACHINE.step(order.state, "release", &facts)?;
        let act = Act::new("release", Self::NAME).because(self.note.as_str());
        steps::advance(w, &mut order, to, Note::Released, act).await?;
        Ok(OrderReleased { order: order.id })
    }
}
