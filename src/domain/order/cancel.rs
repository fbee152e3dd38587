//! Whether an order can be cancelled, and what that takes.

use entity::id::PaymentId;
use entity::orders::State;
use entity::payments::State as PaymentState;

use super::state::{Facts, MACHINE};
use crate::domain::payment::standing::{PaymentStanding, Standing};
use crate::kernel::lifecycle::TransitionRefused;

/// What is known when somebody wants to cancel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelFacts {
    /// Where the order is in its life.
    pub state: State,
    /// What the guards look at.
    pub facts: Facts,
    /// How its payments stand.
    pub standing: Standing,
}

/// What cancelling takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelPlan {
    /// What becomes of the order.
    pub next_state: State,
    /// Whether stock is set aside for it, and given back.
    pub release: bool,
    /// Payments to give back untouched.
    pub void: Vec<PaymentId>,
    /// Payments to pay back.
    pub refund: Vec<PaymentId>,
}

/// The plan, or the first refusal that holds: the state, then fulfillments, then payments that wait
/// for an answer.
pub fn plan(known: &CancelFacts) -> Result<CancelPlan, TransitionRefused> {
    let next_state = MACHINE.step(known.state, "cancel", &known.facts)?;
    let each = |back: Back| {
        let due = known.standing.payments.iter();
        due.filter(|one| way_back(one) == Some(back))
            .map(|one| one.payment)
            .collect()
    };
    Ok(CancelPlan {
        next_state,
        release: known.facts.wanted > 0,
        void: each(Back::Void),
        refund: each(Back::Refund),
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Back {
    Void,
    Refund,
}

/// How the money of a payment goes back; none where there is nothing to give.
fn way_back(payment: &PaymentStanding) -> Option<Back> {
    match payment.state {
        PaymentState::Created
        | PaymentState::Authorizing
        | PaymentState::ActionRequired
        | PaymentState::Unknown
        | PaymentState::Authorized => Some(Back::Void),
        PaymentState::PartiallyCaptured
        | PaymentState::Captured
        | PaymentState::PartiallyRefunded => Some(Back::Refund),
        PaymentState::Refunded | PaymentState::Voided | PaymentState::Failed => None,
    }
}

#[cfg(test)]
#[path = "cancel_test.rs"]
mod tests;
