//! `paymentCapture`.

use async_graphql::{Context, ID, InputObject};

use super::types::Payment;
use crate::domain::payment::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::money::MoneyInput;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Takes authorized money.
#[derive(InputObject)]
pub struct PaymentCaptureInput {
    /// Which payment.
    id: ID,
    /// How much; all that is left without it.
    amount: Option<MoneyInput>,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters. Demanded here or as header.
    idempotency_key: Option<String>,
}

payload! {
    /// What `paymentCapture` answers.
    PaymentCapturePayload {
        /// The payment, with the request that is on its way among its operations.
        payment: Payment,
    }
}

impl PaymentCaptureInput {
    fn command(&self) -> Result<commands::Capture, Refused> {
        let amount = self.amount.as_ref();
        Ok(commands::Capture {
            payment: parse_id(&self.id, "input.id")?,
            amount: amount
                .map(|money| money.parse("input.amount"))
                .transpose()?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn payment_capture(
    ctx: &Context<'_>,
    input: PaymentCaptureInput,
) -> Reply<PaymentCapturePayload> {
    reply(capture(ctx, input).await)
}

async fn capture(
    ctx: &Context<'_>,
    input: PaymentCaptureInput,
) -> Result<PaymentCapturePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(PaymentCapturePayload {
        payment: Some(Payment::by_id(ctx, done.payment).await?),
        ..Default::default()
    })
}
