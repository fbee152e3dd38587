//! A confirmed order is held back: nothing is sent until it is released.

use entity::id::OrderId;
use serde::{Deserialize, Serialize};

use crate::domain::order::steps;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::scope::Scope;
use crate::kernel::text::Reason;
use crate::write::{Before, Command, KeyRule, NothingPrepared, Write};

/// Holds a confirmed order back.
#[derive(Debug, Serialize)]
pub struct Hold {
    /// Which order.
    pub order: OrderId,
    /// Why, in the words of who holds it.
    pub reason: Reason,
    /// The version the caller has seen.
    pub expected_version: Option<i64>,
}

/// The order is on hold.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderHeld {
    /// The order.
    pub order: OrderId,
}

impl Command for Hold {
    const NAME: &'static str = "order.hold";
    const PERMISSION: Permission = Permission::OrderHold;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = OrderHeld;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<OrderHeld, Stop> {
        let scope = Scope::orders(w.caller());
        let mut order = steps::lock(w, &scope, self.order, self.expected_version).await?;
        steps::hold(w, &mut order, &self.reason).await?;
        Ok(OrderHeld { order: order.id })
    }
}
