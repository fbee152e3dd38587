//! `paymentChallengeComplete`.

use async_graphql::{Context, ID, InputObject};

use super::outcome::{CheckoutStatus, PaymentChallenge, outcome};
use crate::domain::cart::commands::ChallengeAnswer;
use crate::graphql::context::{Call, call, execute_once, parse_id};
use crate::graphql::input::line;
use crate::graphql::order::Order;
use crate::graphql::payload::{Reply, payload, reply, user_errors};
use crate::kernel::error::{Refused, Stop};
use crate::process::complete_cart::CompleteCart;
use crate::process::delta;

/// What the buyer brought back from a challenge.
#[derive(InputObject)]
pub struct PaymentChallengeCompleteInput {
    /// The order that waits for it.
    order_id: ID,
    /// What the provider gave the buyer; in the sandbox `sandbox_challenge_pass` or
    /// `sandbox_challenge_fail`.
    response: String,
    /// Makes a retry happen once: 16 to 128 visible characters. Demanded here or as the header
    /// `Idempotency-Key`.
    idempotency_key: Option<String>,
}

payload! {
    /// What `paymentChallengeComplete` answers.
    PaymentChallengeCompletePayload {
        /// The order as it is now.
        order: Order,
        /// How the checkout stands.
        status: CheckoutStatus,
        /// What the buyer has to do, where the status is `ACTION_REQUIRED` again.
        challenge: PaymentChallenge,
    }
}

impl PaymentChallengeCompleteInput {
    fn command(&self, call: &Call) -> Result<ChallengeAnswer, Refused> {
        Ok(ChallengeAnswer {
            order: parse_id(&self.order_id, "input.orderId")?,
            response: line("input.response", &self.response, 2_000)?,
            lease: delta(call.house.times.lease),
        })
    }
}

pub(super) async fn payment_challenge_complete(
    ctx: &Context<'_>,
    input: PaymentChallengeCompleteInput,
) -> Reply<PaymentChallengeCompletePayload> {
    reply(complete(ctx, input).await)
}

async fn complete(
    ctx: &Context<'_>,
    input: PaymentChallengeCompleteInput,
) -> Result<PaymentChallengeCompletePayload, Stop> {
    let call = call(ctx)?;
    let command = input.command(call)?;
    let done = execute_once(ctx, input.idempotency_key.as_deref(), command).await?;
    let resumed = done.output;
    if !call.caller().dry_run {
        let lease = (!done.replayed).then_some(resumed.token);
        CompleteCart::of(&call.house)
            .carry_on(resumed.process, lease)
            .await?;
    }
    let order = Order::by_id(ctx, resumed.order).await?;
    let outcome = outcome(ctx, &order).await?;
    Ok(PaymentChallengeCompletePayload {
        order: Some(order),
        status: Some(outcome.status),
        challenge: outcome.challenge,
        errors: user_errors(outcome.refused.into_iter().collect()),
        ..Default::default()
    })
}
