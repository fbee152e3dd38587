//! The life of an order.
//!
//! Payment, fulfillment and return statuses are not states: they are derived (`status.rs`).
//! Deliberately absent: holding an order that waits for its payment (nothing is done to it until
//! it is confirmed), and another payment for one whose payment has failed (the cart is active
//! again, and makes a new order).

use entity::orders::State;

use super::status::Pieces;
use crate::domain::payment::standing::Standing;
use crate::kernel::lifecycle::{self, Guard, Machine, Transition};
use crate::kernel::permission::Permission;

/// What the guards look at; amounts in minor units of the order's currency, quantities in pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What there is to pay.
    pub due: i64,
    /// Of that, authorized.
    pub authorized: i64,
    /// Of that, captured and not paid back.
    pub paid: i64,
    /// Whether it is on an invoice.
    pub on_invoice: bool,
    /// Whether a request to a payment provider waits for its answer.
    pub payment_under_way: bool,
    /// Ordered and not cancelled.
    pub wanted: i64,
    /// In live fulfillments.
    pub fulfilled: i64,
    /// Arrived.
    pub delivered: i64,
}

impl Facts {
    /// The facts of an order that costs `due` minor units.
    pub fn of(due: i64, standing: &Standing, pieces: Pieces) -> Self {
        Self {
            due,
            authorized: standing.authorized(),
            paid: standing.captured() - standing.refunded(),
            on_invoice: standing.on_invoice(),
            payment_under_way: standing.is_under_way(),
            wanted: pieces.wanted,
            fulfilled: pieces.fulfilled,
            delivered: pieces.delivered,
        }
    }
}

impl lifecycle::State for State {
    const ALL: &'static [Self] = Self::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

/// What may happen to an order.
pub const MACHINE: Machine<State, Facts> = Machine {
    name: "order",
    initial: State::PendingPayment,
    transitions: &[
        Transition {
            action: "confirm",
            from: &[State::PendingPayment],
            to: State::Confirmed,
            permission: Permission::OrderConfirm,
            required: &[],
            guards: &[IS_FUNDED],
            event: "order.confirmed",
        },
        Transition {
            action: "failPayment",
            from: &[State::PendingPayment],
            to: State::PaymentFailed,
            permission: Permission::SystemJob,
            required: &[],
            guards: &[],
            event: "order.payment_failed",
        },
        Transition {
            action: "hold",
            from: &[State::Confirmed],
            to: State::OnHold,
            permission: Permission::OrderHold,
            required: &["reason"],
            guards: &[],
            event: "order.held",
        },
        Transition {
            action: "release",
            from: &[State::OnHold],
            to: State::Confirmed,
            permission: Permission::OrderHold,
            required: &["note"],
            guards: &[IS_AUTHORIZED],
            event: "order.released",
        },
        Transition {
            action: "cancel",
            from: &[State::PendingPayment, State::OnHold, State::Confirmed],
            to: State::Cancelled,
            permission: Permission::OrderCancel,
            required: &["reason"],
            guards: &[NOTHING_FULFILLED, PAYMENT_SETTLED],
            event: "order.cancelled",
        },
        Transition {
            action: "startFulfillment",
            from: &[State::Confirmed],
            to: State::InFulfillment,
            permission: Permission::SystemJob,
            required: &[],
            guards: &[],
            event: "order.fulfillment_started",
        },
        Transition {
            action: "stopFulfillment",
            from: &[State::InFulfillment],
            to: State::Confirmed,
            permission: Permission::SystemJob,
            required: &[],
            guards: &[NOTHING_FULFILLED],
            event: "order.fulfillment_stopped",
        },
        Transition {
            action: "complete",
            from: &[State::InFulfillment],
            to: State::Completed,
            permission: Permission::SystemJob,
            required: &[],
            guards: &[ALL_DELIVERED, IS_PAID],
            event: "order.completed",
        },
    ],
};

const IS_FUNDED: Guard<Facts> = Guard {
    name: "isFunded",
    doc: "authorized ≥ due, or on an invoice, or nothing is due",
    check: |facts| {
        let funded = facts.authorized >= facts.due || facts.on_invoice;
        holds(funded, "The payment is not authorized yet.")
    },
};

const IS_AUTHORIZED: Guard<Facts> = Guard {
    name: "isAuthorized",
    doc: "authorized ≥ due, or nothing is due",
    check: |facts| {
        let authorized = facts.authorized >= facts.due;
        holds(authorized, "The payment is not authorized any more.")
    },
};

const NOTHING_FULFILLED: Guard<Facts> = Guard {
    name: "nothingFulfilled",
    doc: "no line is in a fulfillment",
    check: |facts| {
        holds(
            facts.fulfilled == 0,
            "Part of it is being fulfilled already.",
        )
    },
};

const PAYMENT_SETTLED: Guard<Facts> = Guard {
    name: "paymentSettled",
    doc: "no request to the payment provider waits for its answer",
    check: |facts| {
        let settled = !facts.payment_under_way;
        holds(
            settled,
            "The payment provider has not answered yet; try again later.",
        )
    },
};

const ALL_DELIVERED: Guard<Facts> = Guard {
    name: "allDelivered",
    doc: "every line is delivered or cancelled",
    check: |facts| {
        let delivered = facts.delivered >= facts.wanted;
        holds(delivered, "Not everything is delivered yet.")
    },
};

const IS_PAID: Guard<Facts> = Guard {
    name: "isPaid",
    doc: "captured = due",
    check: |facts| holds(facts.paid >= facts.due, "It is not paid yet."),
};

fn holds(condition: bool, reason: &str) -> Result<(), String> {
    if condition {
        Ok(())
    } else {
        Err(reason.to_owned())
    }
}
