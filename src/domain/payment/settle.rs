//! What a provider's answer to an operation means for the payment.

use entity::payment_operations::{Kind, State as OperationState};
use entity::payments::State;

use super::ledger::Movement;
use super::port::Answer;
use super::state::{Facts, MACHINE};
use crate::kernel::lifecycle::TransitionRefused;

/// What is known when an answer comes.
#[derive(Clone, Copy, Debug)]
pub struct SettleFacts {
    /// What was asked for.
    pub kind: Kind,
    /// How much, in minor units.
    pub amount: i64,
    /// How the operation stands.
    pub operation: OperationState,
    /// How the payment stands.
    pub payment: State,
    /// Its figures, without the operation that is being answered.
    pub facts: Facts,
}

/// What to do about an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// What becomes of the operation.
    pub operation: OperationState,
    /// What becomes of the payment.
    pub payment: State,
    /// What was done, as the history names it.
    pub action: &'static str,
    /// What it tells others.
    pub event: &'static str,
    /// What it moves in the ledger.
    pub movement: Option<Movement>,
}

/// Reads the answer. None: the operation was resolved before, or waits
/// for its buyer as it did.
pub fn plan(known: &SettleFacts, answer: &Answer) -> Result<Option<Settlement>, TransitionRefused> {
    match known.operation {
        OperationState::Succeeded | OperationState::Failed => return Ok(None),
        OperationState::Created
        | OperationState::Sent
        | OperationState::ActionRequired
        | OperationState::Unknown => {}
    }
    match answer {
        Answer::Succeeded { .. } => succeeded(known).map(Some),
        Answer::Declined { .. } => declined(known).map(Some),
        Answer::ActionRequired { .. } => waits(known),
        Answer::Unknown => unknown(known),
    }
}

fn succeeded(known: &SettleFacts) -> Result<Settlement, TransitionRefused> {
    let Facts {
        authorized,
        captured,
        refunded,
        ..
    } = known.facts;
    let (action, name, movement) = match known.kind {
        Kind::Authorize => ("authorize", "payment.authorize", Movement::Authorize),
        Kind::Void => ("void", "payment.void", Movement::Void),
        Kind::Capture if captured + known.amount == authorized => {
            ("capture", "payment.capture", Movement::Capture)
        }
        Kind::Capture => ("capturePart", "payment.capture", Movement::Capture),
        Kind::Refund if refunded + known.amount == captured => {
            ("refund", "payment.refund", Movement::Refund)
        }
        Kind::Refund => ("refundPart", "payment.refund", Movement::Refund),
    };
    // An authorization that was never given has nothing to give back.
    let nothing_moves = movement == Movement::Void && authorized == 0;
    Ok(Settlement {
        operation: OperationState::Succeeded,
        payment: MACHINE.step(known.payment, action, &known.facts)?,
        action: name,
        event: MACHINE.event(action),
        movement: (!nothing_moves).then_some(movement),
    })
}

fn declined(known: &SettleFacts) -> Result<Settlement, TransitionRefused> {
    let (payment, action, event) = match known.kind {
        Kind::Authorize => (
            MACHINE.step(known.payment, "decline", &known.facts)?,
            "payment.decline",
            MACHINE.event("decline"),
        ),
        Kind::Capture => (known.payment, "payment.capture_fail", OPERATION_FAILED),
        Kind::Void => (known.payment, "payment.void_fail", OPERATION_FAILED),
        Kind::Refund => (known.payment, "payment.refund_fail", OPERATION_FAILED),
    };
    Ok(Settlement {
        operation: OperationState::Failed,
        payment,
        action,
        event,
        movement: None,
    })
}

/// A challenge; only an authorization has one, and one that is known needs no telling.
fn waits(known: &SettleFacts) -> Result<Option<Settlement>, TransitionRefused> {
    if known.kind != Kind::Authorize || known.operation == OperationState::ActionRequired {
        return Ok(None);
    }
    Ok(Some(Settlement {
        operation: OperationState::ActionRequired,
        payment: MACHINE.step(known.payment, "requireAction", &known.facts)?,
        action: "payment.require_action",
        event: MACHINE.event("requireAction"),
        movement: None,
    }))
}

/// Nothing is known; once more perhaps, which is noted too, with the time of the next question.
fn unknown(known: &SettleFacts) -> Result<Option<Settlement>, TransitionRefused> {
    let again = known.operation == OperationState::Unknown;
    let payment = match known.kind {
        Kind::Authorize if known.payment == State::Unknown => known.payment,
        Kind::Authorize => MACHINE.step(known.payment, "timeout", &known.facts)?,
        Kind::Capture | Kind::Void | Kind::Refund => known.payment,
    };
    Ok(Some(Settlement {
        operation: OperationState::Unknown,
        payment,
        action: if again {
            "payment.check"
        } else {
            "payment.timeout"
        },
        event: "payment.unknown",
        movement: None,
    }))
}

const OPERATION_FAILED: &str = "payment.operation_failed";

#[cfg(test)]
#[path = "settle_test.rs"]
mod tests;
