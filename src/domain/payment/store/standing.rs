//! From rows to how payments stand.

use std::collections::HashMap;

use entity::id::OrderId;
use entity::payment_operations::Model as Operation;
use entity::payments::Model as Payment;

use crate::db::Reader;
use crate::domain::payment::standing::{OpenOperation, PaymentStanding, Standing, is_open};
use crate::kernel::error::Fault;

/// How these payments stand.
pub async fn of_all(read: &Reader, payments: &[Payment]) -> Result<Standing, Fault> {
    let ids: Vec<_> = payments.iter().map(|payment| payment.id).collect();
    let operations = super::operations::of_payments(read, &ids).await?;
    let each = payments.iter().map(|payment| of(payment, &operations));
    Ok(Standing {
        payments: each.collect(),
    })
}

/// How these payments stand, by their order.
pub async fn by_order(
    read: &Reader,
    payments: &[Payment],
) -> Result<HashMap<OrderId, Standing>, Fault> {
    let ids: Vec<_> = payments.iter().map(|payment| payment.id).collect();
    let operations = super::operations::of_payments(read, &ids).await?;
    let mut by_order: HashMap<OrderId, Standing> = HashMap::new();
    for payment in payments {
        let standing = by_order.entry(payment.order_id).or_default();
        standing.payments.push(of(payment, &operations));
    }
    Ok(by_order)
}

/// How a payment stands, with these of the operations.
pub fn of(payment: &Payment, operations: &[Operation]) -> PaymentStanding {
    let open = operations
        .iter()
        .filter(|one| one.payment_id == payment.id && is_open(one.state))
        .map(|one| OpenOperation {
            operation: one.id,
            kind: one.kind,
            amount: one.amount_minor,
        });
    PaymentStanding {
        payment: payment.id,
        method: payment.method,
        state: payment.state,
        amount: payment.amount_minor,
        authorized: payment.authorized_minor,
        captured: payment.captured_minor,
        refunded: payment.refunded_minor,
        open: open.collect(),
    }
}
