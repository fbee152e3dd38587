//! The life of a payment.
//!
//! A provider may say how an authorization went while we still wait for the buyer or do not know,
//! so those states lead to the end without a way round. Deliberately absent: a new authorization
//! for one that has lapsed.

use entity::payments::State;

use crate::kernel::lifecycle::{self, Guard, Machine, Transition};
use crate::kernel::permission::Permission;

/// What the guards look at, in minor units of the payment's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Set aside for us.
    pub authorized: i64,
    /// Taken.
    pub captured: i64,
    /// Paid back.
    pub refunded: i64,
    /// Asked to be taken, without an answer yet.
    pub capturing: i64,
    /// Asked to be paid back, without an answer yet.
    pub refunding: i64,
    /// How much the act is about.
    pub asked: i64,
    /// Whether it is an invoice, which has terms instead of a provider.
    pub invoice: bool,
}

impl lifecycle::State for State {
    const ALL: &'static [Self] = Self::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

const fn step(
    action: &'static str,
    from: &'static [State],
    to: State,
    permission: Permission,
    guards: &'static [Guard<Facts>],
    event: &'static str,
) -> Transition<State, Facts> {
    Transition {
        action,
        from,
        to,
        permission,
        required: &[],
        guards,
        event,
    }
}

/// What may happen to a payment.
pub const MACHINE: Machine<State, Facts> = Machine {
    name: "payment",
    initial: State::Created,
    transitions: &[
        step(
            "send",
            &[State::Created],
            State::Authorizing,
            Permission::SystemJob,
            &[],
            "payment.sent",
        ),
        step(
            "approveTerms",
            &[State::Created],
            State::Authorized,
            Permission::OrderConfirm,
            &[ON_INVOICE],
            "payment.authorized",
        ),
        step(
            "requireAction",
            &[State::Authorizing, State::Unknown],
            State::ActionRequired,
            Permission::SystemJob,
            &[],
            "payment.action_required",
        ),
        step(
            "actionDone",
            &[State::ActionRequired],
            State::Authorizing,
            Permission::SystemJob,
            &[],
            "payment.action_done",
        ),
        step(
            "timeout",
            &[State::Authorizing, State::ActionRequired],
            State::Unknown,
            Permission::SystemJob,
            &[],
            "payment.unknown",
        ),
        step(
            "authorize",
            &[State::Authorizing, State::ActionRequired, State::Unknown],
            State::Authorized,
            Permission::SystemJob,
            &[],
            "payment.authorized",
        ),
        step(
            "decline",
            &[State::Authorizing, State::ActionRequired, State::Unknown],
            State::Failed,
            Permission::SystemJob,
            &[],
            "payment.declined",
        ),
        step(
            "capturePart",
            &[State::Authorized, State::PartiallyCaptured],
            State::PartiallyCaptured,
            Permission::PaymentCapture,
            &[IS_AUTHORIZED],
            "payment.captured",
        ),
        step(
            "capture",
            &[State::Authorized, State::PartiallyCaptured],
            State::Captured,
            Permission::PaymentCapture,
            &[IS_AUTHORIZED],
            "payment.captured",
        ),
        step(
            "void",
            &[State::Created, State::Authorized],
            State::Voided,
            Permission::OrderCancel,
            &[NOTHING_TAKEN],
            "payment.voided",
        ),
        step(
            "refundPart",
            &[
                State::PartiallyCaptured,
                State::Captured,
                State::PartiallyRefunded,
            ],
            State::PartiallyRefunded,
            Permission::OrderCancel,
            &[IS_CAPTURED],
            "payment.refunded",
        ),
        step(
            "refund",
            &[
                State::PartiallyCaptured,
                State::Captured,
                State::PartiallyRefunded,
            ],
            State::Refunded,
            Permission::OrderCancel,
            &[IS_CAPTURED],
            "payment.refunded",
        ),
    ],
};

const ON_INVOICE: Guard<Facts> = Guard {
    name: "onInvoice",
    doc: "it is paid by invoice",
    check: |facts| holds(facts.invoice, || "Only an invoice has terms.".into()),
};

const IS_AUTHORIZED: Guard<Facts> = Guard {
    name: "isAuthorized",
    doc: "captured + capturing + asked ≤ authorized",
    check: |facts| {
        let left = facts.authorized - facts.captured - facts.capturing;
        holds(facts.asked <= left, || {
            format!("Only {left} minor units are left to capture.")
        })
    },
};

const NOTHING_TAKEN: Guard<Facts> = Guard {
    name: "nothingTaken",
    doc: "nothing was captured, and nothing is being captured",
    check: |facts| {
        holds(facts.captured == 0 && facts.capturing == 0, || {
            "Money was taken already: it has to be refunded.".into()
        })
    },
};

const IS_CAPTURED: Guard<Facts> = Guard {
    name: "isCaptured",
    doc: "refunded + refunding + asked ≤ captured",
    check: |facts| {
        let left = facts.captured - facts.refunded - facts.refunding;
        holds(facts.asked <= left, || {
            format!("Only {left} minor units are left to refund.")
        })
    },
};

fn holds(condition: bool, reason: impl Fn() -> String) -> Result<(), String> {
    if condition { Ok(()) } else { Err(reason()) }
}

#[cfg(test)]
#[path = "state_test.rs"]
mod tests;
