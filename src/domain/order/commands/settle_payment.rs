//! A process records what a provider has answered, and the order follows.

use entity::id::PaymentOperationId;
use entity::payment_operations::State;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::order::steps;
use crate::domain::payment::port::Answer;
use crate::domain::payment::standing::is_open;
use crate::domain::payment::steps as payment;
use crate::kernel::clock::Instant;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::scope::Scope;
use crate::write::processes::{self, Lease};
use crate::write::{Before, Command, NothingPrepared, Write};

/// Settles a capture, void or refund.
#[derive(Debug, Serialize)]
pub struct SettlePayment {
    /// The right to carry it out.
    pub lease: Lease,
    /// Which operation.
    pub operation: PaymentOperationId,
    /// What the provider answered.
    pub answer: Answer,
    /// When to ask again where that says nothing, in real time.
    pub next_check: Instant,
}

/// What became of the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentSettled {
    /// The answer was recorded; the process has ended, or is put down until the next check.
    Recorded,
    /// The answer says nothing new; the process is still the caller's.
    NothingNew,
    /// Somebody else works on it.
    LeaseLost,
}

impl Command for SettlePayment {
    const NAME: &'static str = "payment.settle";
    const PERMISSION: Permission = Permission::SystemJob;
    type Prepared = NothingPrepared;
    type Output = PaymentSettled;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<PaymentSettled, Stop> {
        if !processes::hold(w, self.lease).await? {
            return Ok(PaymentSettled::LeaseLost);
        }
        let order = payment::order_of_operation(w.read(), self.operation).await?;
        steps::lock(w, &Scope::All, order, None).await?;
        let settled = payment::settle(w, self.operation, &self.answer, self.next_check).await?;
        if !settled.fresh {
            return Ok(PaymentSettled::NothingNew);
        }
        steps::set_payment_status(w, order).await?;
        put_down(w, self.lease, settled.operation, self.next_check).await?;
        Ok(PaymentSettled::Recorded)
    }
}

async fn put_down(w: &Write, lease: Lease, state: State, next: Instant) -> Result<(), Stop> {
    if is_open(state) {
        processes::park(w, lease, "asked", next).await?;
    } else {
        let outcome = json!({ "operation": state.as_str() });
        processes::finish(w, lease, outcome).await?;
    }
    Ok(())
}
