//! The life of a fulfillment.
//!
//! It begins released: whoever creates one has chosen the location already. Deliberately absent
//! until something plans fulfillments: planning, acceptance and picking at the location, pickup,
//! parcels that come back.

use entity::fulfillments::State;
use entity::orders::State as OrderState;

use crate::kernel::lifecycle::{self, Guard, Machine, Transition};
use crate::kernel::permission::Permission;

/// What the guards look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Where its order is in its life.
    pub order: OrderState,
}

impl lifecycle::State for State {
    const ALL: &'static [Self] = Self::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

/// What may happen to a fulfillment.
pub const MACHINE: Machine<State, Facts> = Machine {
    name: "fulfillment",
    initial: State::Released,
    transitions: &[
        Transition {
            action: "pack",
            from: &[State::Released],
            to: State::Packed,
            permission: Permission::FulfillmentManage,
            required: &[],
            guards: &[ORDER_IS_OPEN],
            event: "fulfillment.packed",
        },
        Transition {
            action: "ship",
            from: &[State::Packed],
            to: State::Shipped,
            permission: Permission::FulfillmentManage,
            required: &["tracking"],
            guards: &[ORDER_IS_OPEN],
            event: "fulfillment.shipped",
        },
        Transition {
            action: "deliver",
            from: &[State::Shipped],
            to: State::Delivered,
            permission: Permission::FulfillmentManage,
            required: &[],
            guards: &[ORDER_IS_OPEN],
            event: "fulfillment.delivered",
        },
        Transition {
            action: "cancel",
            from: &[State::Released],
            to: State::Cancelled,
            permission: Permission::FulfillmentManage,
            required: &["reason"],
            guards: &[ORDER_IS_OPEN],
            event: "fulfillment.cancelled",
        },
    ],
};

const ORDER_IS_OPEN: Guard<Facts> = Guard {
    name: "orderIsOpen",
    doc: "the order is in fulfillment: neither on hold nor cancelled",
    check: |facts| {
        let why_not = match facts.order {
            OrderState::InFulfillment => return Ok(()),
            OrderState::OnHold => "The order is on hold.",
            OrderState::Cancelled => "The order is cancelled.",
            OrderState::Completed => "The order is completed.",
            OrderState::PendingPayment | OrderState::Confirmed | OrderState::PaymentFailed => {
                "The order is not in fulfillment."
            }
        };
        Err(why_not.to_owned())
    },
};

/// Whether pieces in a fulfillment of this state still lie at its location.
pub fn is_waiting(state: State) -> bool {
    match state {
        State::Planned
        | State::Released
        | State::Accepted
        | State::Picking
        | State::Packed
        | State::ReadyForPickup
        | State::Exception => true,
        State::Shipped
        | State::Delivered
        | State::Collected
        | State::Rejected
        | State::Cancelled
        | State::ReturnedToSender => false,
    }
}

#[cfg(test)]
#[path = "state_test.rs"]
mod tests;
