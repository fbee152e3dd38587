//! Finance takes authorized money: all of it, or a part.

use entity::id::{PaymentId, PaymentOperationId};
use serde::{Deserialize, Serialize};

use crate::domain::payment::refusal::Refusal;
use crate::domain::payment::steps;
use crate::kernel::error::Stop;
use crate::kernel::money::Money;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, KeyRule, NothingPrepared, Write};

/// Asks the provider for authorized money.
#[derive(Debug, Serialize)]
pub struct Capture {
    /// Which payment.
    pub payment: PaymentId,
    /// How much; all that is left where none.
    pub amount: Option<Money>,
    /// The version the caller has seen.
    pub expected_version: Option<i64>,
}

/// The request is on its way.
#[derive(Debug, Serialize, Deserialize)]
pub struct CaptureRequested {
    /// The payment.
    pub payment: PaymentId,
    /// The request to the provider.
    pub operation: PaymentOperationId,
}

impl Command for Capture {
    const NAME: &'static str = "payment.capture";
    const PERMISSION: Permission = Permission::PaymentCapture;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = CaptureRequested;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CaptureRequested, Stop> {
        let (payment, _) = steps::locked(w, self.payment).await?;
        let current = payment.version;
        if self
            .expected_version
            .is_some_and(|expected| expected != current)
        {
            return Err(Refusal::Changed { current }.into());
        }
        let operation = steps::request_capture(w, self.payment, self.amount).await?;
        Ok(CaptureRequested {
            payment: self.payment,
            operation,
        })
    }
}
