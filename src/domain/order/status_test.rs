//! Which status follows from which children.

use entity::id::PaymentId;
use entity::payments::Method;

use super::*;
use crate::domain::payment::standing::PaymentStanding;

fn one(state: State, authorized: i64, captured: i64, refunded: i64) -> PaymentStanding {
    PaymentStanding {
        payment: PaymentId::from_uuid(uuid::Uuid::from_u128(1)),
        method: Method::Card,
        state,
        amount: 100,
        authorized,
        captured,
        refunded,
        open: Vec::new(),
    }
}

fn check(payments: &[PaymentStanding], status: PaymentStatus) {
    let standing = Standing {
        payments: payments.to_vec(),
    };
    assert_eq!(payment(100, &standing), status, "{payments:?}");
}

#[test]
fn the_payment_status_follows_from_the_payments() {
    check(&[], PaymentStatus::Pending);
    check(&[one(State::Created, 0, 0, 0)], PaymentStatus::Pending);
    check(&[one(State::Unknown, 0, 0, 0)], PaymentStatus::Pending);
    check(&[one(State::Failed, 0, 0, 0)], PaymentStatus::Failed);
    check(
        &[one(State::Authorized, 100, 0, 0)],
        PaymentStatus::Authorized,
    );
    check(&[one(State::Authorized, 50, 0, 0)], PaymentStatus::Pending);
    check(&[one(State::Voided, 100, 0, 0)], PaymentStatus::Voided);
    let part = one(State::PartiallyCaptured, 100, 40, 0);
    check(&[part], PaymentStatus::PartiallyPaid);
    let paid = one(State::Captured, 100, 100, 0);
    check(
        &[one(State::Failed, 0, 0, 0), paid.clone()],
        PaymentStatus::Paid,
    );
    let back = one(State::PartiallyRefunded, 100, 100, 30);
    check(&[back], PaymentStatus::PartiallyRefunded);
    let gone = one(State::Refunded, 100, 100, 100);
    check(&[gone], PaymentStatus::Refunded);
}

#[test]
fn an_order_that_costs_nothing_is_paid() {
    assert_eq!(payment(0, &Standing::default()), PaymentStatus::Paid);
}

#[test]
fn the_fulfillment_status_follows_from_the_pieces() {
    for (fulfilled, shipped, delivered, status) in [
        (0, 0, 0, FulfillmentStatus::Unfulfilled),
        (3, 0, 0, FulfillmentStatus::Unfulfilled),
        (3, 1, 0, FulfillmentStatus::PartiallyFulfilled),
        (3, 1, 1, FulfillmentStatus::PartiallyFulfilled),
        (3, 3, 2, FulfillmentStatus::Fulfilled),
        (3, 3, 3, FulfillmentStatus::Delivered),
    ] {
        let pieces = Pieces {
            wanted: 3,
            fulfilled,
            shipped,
            delivered,
        };
        assert_eq!(fulfillment(pieces), status, "{pieces:?}");
    }
}
