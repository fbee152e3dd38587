//! An invoice was paid: finance notes it, and the order follows.

use entity::id::{OrderId, PaymentId};
use serde::{Deserialize, Serialize};

use crate::domain::order::steps;
use crate::domain::payment::refusal::Refusal;
use crate::domain::payment::steps as payment;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::scope::Scope;
use crate::write::{Before, Command, KeyRule, NothingPrepared, Write};

/// Notes that an approved invoice was paid in full.
#[derive(Debug, Serialize)]
pub struct MarkPaid {
    /// Which payment.
    pub payment: PaymentId,
    /// The version the caller has seen.
    pub expected_version: Option<i64>,
}

/// The invoice is paid.
#[derive(Debug, Serialize, Deserialize)]
pub struct PaymentMarkedPaid {
    /// The payment.
    pub payment: PaymentId,
    /// The order.
    pub order: OrderId,
}

impl Command for MarkPaid {
    const NAME: &'static str = "payment.mark_paid";
    const PERMISSION: Permission = Permission::PaymentMarkPaid;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = PaymentMarkedPaid;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<PaymentMarkedPaid, Stop> {
        let order = payment::order_of(w.read(), self.payment).await?;
        steps::lock(w, &Scope::All, order, None).await?;
        let (locked, _) = payment::locked(w, self.payment).await?;
        let current = locked.version;
        if self
            .expected_version
            .is_some_and(|expected| expected != current)
        {
            return Err(Refusal::Changed { current }.into());
        }
        payment::mark_paid(w, self.payment).await?;
        steps::set_payment_status(w, order).await?;
        Ok(PaymentMarkedPaid {
            payment: self.payment,
            order,
        })
    }
}
