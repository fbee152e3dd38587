//! An order is cancelled: its stock is given back, its money voided or refunded.

use entity::id::{OrderId, PaymentOperationId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::inventory::steps as inventory;
use crate::domain::order::cancel::{self, CancelFacts};
use crate::domain::order::steps::{self, Act};
use crate::domain::order::store::moves::{self, Note};
use crate::domain::payment::steps as payment;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::scope::Scope;
use crate::kernel::text::Reason;
use crate::write::{Before, Command, KeyRule, NothingPrepared, Write};

/// Cancels an order that the caller may see.
#[derive(Debug, Serialize)]
pub struct Cancel {
    /// Which order.
    pub order: OrderId,
    /// Why, in the words of who cancels.
    pub reason: Reason,
    /// The version the caller has seen.
    pub expected_version: Option<i64>,
}

/// The order is cancelled.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderCancelled {
    /// The order.
    pub order: OrderId,
    /// Requests to the provider that give money back.
    pub operations: Vec<PaymentOperationId>,
}

impl Command for Cancel {
    const NAME: &'static str = "order.cancel";
    const PERMISSION: Permission = Permission::OrderCancel;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = OrderCancelled;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<OrderCancelled, Stop> {
        let scope = Scope::orders(w.caller());
        let mut order = steps::lock(w, &scope, self.order, self.expected_version).await?;
        let standing = payment::locked_standing(w, order.id).await?;
        let plan = cancel::plan(&CancelFacts {
            state: order.state,
            facts: steps::facts(w, &order).await?,
            standing,
        })?;
        let mut operations = Vec::new();
        for payment in plan.void {
            operations.push(payment::request_void(w, payment).await?);
        }
        for payment in plan.refund {
            operations.push(payment::request_refund(w, payment, None).await?);
        }
        if plan.release {
            inventory::release(w, order.id).await?;
        }
        moves::cancel_lines(w, order.id).await?;
        let note = Note::Cancelled(self.reason.as_str().to_owned());
        let act = Act::new("cancel", Self::NAME)
            .because(self.reason.as_str())
            .with(json!({ "operations": operations }));
        steps::advance(w, &mut order, plan.next_state, note, act).await?;
        Ok(OrderCancelled {
            order: order.id,
            operations,
        })
    }
}
