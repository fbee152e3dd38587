//! `paymentMarkPaid`.

use async_graphql::{Context, ID, InputObject};

use super::types::Payment;
use crate::domain::order::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Notes that an invoice was paid.
#[derive(InputObject)]
pub struct PaymentMarkPaidInput {
    /// Which payment.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters. Demanded here or as header.
    idempotency_key: Option<String>,
}

payload! {
    /// What `paymentMarkPaid` answers.
    PaymentMarkPaidPayload {
        /// The payment, captured.
        payment: Payment,
    }
}

impl PaymentMarkPaidInput {
    fn command(&self) -> Result<commands::MarkPaid, Refused> {
        Ok(commands::MarkPaid {
            payment: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn payment_mark_paid(
    ctx: &Context<'_>,
    input: PaymentMarkPaidInput,
) -> Reply<PaymentMarkPaidPayload> {
    reply(mark_paid(ctx, input).await)
}

async fn mark_paid(
    ctx: &Context<'_>,
    input: PaymentMarkPaidInput,
) -> Result<PaymentMarkPaidPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(PaymentMarkPaidPayload {
        payment: Some(Payment::by_id(ctx, done.payment).await?),
        ..Default::default()
    })
}
