//! Finance approves the terms of an invoice, and the order goes on.

use entity::id::OrderId;
use serde::{Deserialize, Serialize};

use crate::domain::inventory::steps as inventory;
use crate::domain::order::refusal::Refusal;
use crate::domain::order::steps;
use crate::domain::payment::steps as payment;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::scope::Scope;
use crate::write::{Before, Command, KeyRule, NothingPrepared, Write};

/// Confirms an order that waits for finance.
#[derive(Debug, Serialize)]
pub struct Confirm {
    /// Which order.
    pub order: OrderId,
    /// The version the caller has seen.
    pub expected_version: Option<i64>,
}

/// The order is confirmed, its stock allocated.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderConfirmed {
    /// The order.
    pub order: OrderId,
}

impl Command for Confirm {
    const NAME: &'static str = "order.confirm";
    const PERMISSION: Permission = Permission::OrderConfirm;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = OrderConfirmed;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<OrderConfirmed, Stop> {
        let scope = Scope::orders(w.caller());
        let order = steps::lock(w, &scope, self.order, self.expected_version).await?;
        payment::approve_terms(w, order.id).await?;
        if !inventory::allocate(w, order.id).await? {
            return Err(Refusal::StockGone.into());
        }
        steps::confirm(w, order).await?;
        Ok(OrderConfirmed { order: self.order })
    }
}
