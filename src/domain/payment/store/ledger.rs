//! The SQL of the ledger: a movement is inserted by one statement, so that its sides stand or fall
//! together. Its transaction is the operation's id, so that an operation moves money once.

use entity::id::PaymentOperationId;
use entity::money_entries::{ActiveModel, Entity};
use entity::payments::Model as Payment;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;

use crate::domain::payment::ledger::{Movement, sides};
use crate::kernel::error::Fault;
use crate::write::Write;

/// Books `amount` minor units, which the operation moves.
pub async fn book(
    w: &Write,
    payment: &Payment,
    operation: PaymentOperationId,
    movement: Movement,
    amount: i64,
) -> Result<(), Fault> {
    let rows = sides(movement, amount).into_iter().zip(1..);
    let rows = rows.map(|(side, seq)| ActiveModel {
        txn_id: Set(operation.uuid()),
        seq: Set(seq),
        account: Set(side.account.to_owned()),
        currency: Set(payment.currency.clone()),
        amount_minor: Set(side.amount_minor),
        order_id: Set(Some(payment.order_id)),
        ref_type: Set("payment".to_owned()),
        ref_id: Set(payment.id.uuid()),
        occurred_at: Set(w.now()),
    });
    Entity::insert_many(rows).exec_without_returning(w).await?;
    Ok(())
}
