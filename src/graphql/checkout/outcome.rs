//! How a checkout stands: read live, so that a replay shows how it ended.

use async_graphql::{Context, Enum, SimpleObject};
use chrono::DateTime as Instant;
use entity::orders::State;
use entity::payment_operations::{Model as Operation, State as OperationState};
use serde_json::Value;

use crate::graphql::context::call;
use crate::graphql::order::Order;
use crate::graphql::scalar::DateTime;
use crate::kernel::error::{Code, Fault, Refused};
use crate::process::complete_cart;

/// How a checkout stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CheckoutStatus {
    /// The order is placed; its stock is set aside for it.
    Placed,
    /// The order waits for finance to approve its invoice; its stock is held.
    AwaitingApproval,
    /// The provider has not answered yet: read the order again in a while.
    Pending,
    /// The buyer has to do something: see `challenge`, then `paymentChallengeComplete`.
    ActionRequired,
    /// The payment was refused; the cart can be changed and completed again.
    Declined,
}

/// What the buyer has to do before the payment can go on.
#[derive(Clone, Debug, SimpleObject)]
pub struct PaymentChallenge {
    /// What kind of challenge it is, as the provider names it.
    pub kind: String,
    /// Where to send the buyer, if anywhere.
    pub url: Option<String>,
    /// Until when it can be met.
    pub expires_at: Option<DateTime>,
}

/// How a checkout stands, with what goes with it.
pub struct Outcome {
    pub status: CheckoutStatus,
    pub challenge: Option<PaymentChallenge>,
    pub refused: Option<Refused>,
}

/// How the checkout of an order stands now.
pub async fn outcome(ctx: &Context<'_>, Order(order): &Order) -> Result<Outcome, Fault> {
    let progress = complete_cart::progress(&call(ctx)?.read, order).await?;
    let asked = progress.asked.as_ref();
    let status = status(order.state, asked);
    let challenge = asked.filter(|_| status == CheckoutStatus::ActionRequired);
    Ok(Outcome {
        status,
        challenge: challenge.map(|one| challenge_of(one, progress.waits_until)),
        refused: (status == CheckoutStatus::Declined).then(|| declined(asked)),
    })
}

fn status(order: State, asked: Option<&Operation>) -> CheckoutStatus {
    match order {
        State::PendingPayment => match asked.map(|one| one.state) {
            None => CheckoutStatus::AwaitingApproval,
            Some(OperationState::ActionRequired) => CheckoutStatus::ActionRequired,
            Some(
                OperationState::Created
                | OperationState::Sent
                | OperationState::Unknown
                | OperationState::Succeeded
                | OperationState::Failed,
            ) => CheckoutStatus::Pending,
        },
        State::PaymentFailed => CheckoutStatus::Declined,
        State::OnHold
        | State::Confirmed
        | State::InFulfillment
        | State::Completed
        | State::Cancelled => CheckoutStatus::Placed,
    }
}

fn challenge_of(operation: &Operation, until: Option<Instant<chrono::Utc>>) -> PaymentChallenge {
    let challenge = operation.challenge.clone().unwrap_or_default();
    let text = |name: &str| {
        challenge
            .get(name)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    PaymentChallenge {
        kind: text("kind")
            .or_else(|| text("type"))
            .unwrap_or_else(|| "challenge".to_owned()),
        url: text("url"),
        expires_at: until.map(DateTime),
    }
}

fn declined(operation: Option<&Operation>) -> Refused {
    let code = operation.and_then(|one| one.decline_code.as_deref());
    let message = match code {
        Some(code) => format!("The payment was declined: {code}."),
        None => "The goods were sold meanwhile; the payment is given back.".to_owned(),
    };
    let code = if code.is_some() {
        Code::PaymentDeclined
    } else {
        Code::OutOfStock
    };
    Refused::new(code, message).at("input.payment")
}
