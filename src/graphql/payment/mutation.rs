//! The verbs of payments: a table of contents.

use async_graphql::{Context, Object};

use super::capture::{PaymentCaptureInput, PaymentCapturePayload, payment_capture};
use super::mark_paid::{PaymentMarkPaidInput, PaymentMarkPaidPayload, payment_mark_paid};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of payments.
#[derive(Default)]
pub struct PaymentMutation;

#[Object]
impl PaymentMutation {
    /// Takes authorized money, all of it or a part. The provider is asked right after: follow the
    /// payment's operations.
    #[graphql(guard = "gate::payment_capture", visible = "see::payment_capture")]
    async fn payment_capture(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which payment, and how much.")] input: PaymentCaptureInput,
    ) -> Reply<PaymentCapturePayload> {
        payment_capture(ctx, input).await
    }

    /// Notes that an approved invoice was paid in full.
    #[graphql(guard = "gate::payment_mark_paid", visible = "see::payment_mark_paid")]
    async fn payment_mark_paid(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which payment.")] input: PaymentMarkPaidInput,
    ) -> Reply<PaymentMarkPaidPayload> {
        payment_mark_paid(ctx, input).await
    }
}
