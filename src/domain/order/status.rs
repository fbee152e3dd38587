//! The statuses of an order that follow from its children.

use entity::orders::{FulfillmentStatus, PaymentStatus};
use entity::payments::State;

use crate::domain::payment::standing::Standing;

/// How far an order is paid that costs `due` minor units.
pub fn payment(due: i64, standing: &Standing) -> PaymentStatus {
    if standing.payments.is_empty() {
        return if due == 0 {
            PaymentStatus::Paid
        } else {
            PaymentStatus::Pending
        };
    }
    let (captured, refunded) = (standing.captured(), standing.refunded());
    if refunded > 0 {
        return if refunded >= captured {
            PaymentStatus::Refunded
        } else {
            PaymentStatus::PartiallyRefunded
        };
    }
    if captured > 0 {
        return if captured >= due {
            PaymentStatus::Paid
        } else {
            PaymentStatus::PartiallyPaid
        };
    }
    let all = |state| standing.payments.iter().all(|one| one.state == state);
    let ended = standing.payments.iter().all(|one| !one.counts());
    if all(State::Failed) {
        PaymentStatus::Failed
    } else if ended {
        PaymentStatus::Voided
    } else if standing.authorized() >= due {
        PaymentStatus::Authorized
    } else {
        PaymentStatus::Pending
    }
}

/// How far the pieces of an order have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Ordered and not cancelled.
    pub wanted: i64,
    /// In live fulfillments.
    pub fulfilled: i64,
    /// Gone out.
    pub shipped: i64,
    /// Arrived.
    pub delivered: i64,
}

/// How far an order has gone out.
pub fn fulfillment(pieces: Pieces) -> FulfillmentStatus {
    if pieces.shipped == 0 {
        FulfillmentStatus::Unfulfilled
    } else if pieces.delivered >= pieces.wanted {
        FulfillmentStatus::Delivered
    } else if pieces.shipped >= pieces.wanted {
        FulfillmentStatus::Fulfilled
    } else {
        FulfillmentStatus::PartiallyFulfilled
    }
}

#[cfg(test)]
#[path = "status_test.rs"]
mod tests;
