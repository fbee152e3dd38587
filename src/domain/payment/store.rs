//! The SQL of payments, their operations and the ledger.
//!
//! Whoever changes a payment or one of its operations locks the payment first; each change counts
//! its rows.

pub mod events;
pub mod ledger;
pub mod operations;
pub mod standing;

use entity::id::{OrderId, PaymentId, PaymentOperationId};
use entity::payment_operations;
use entity::payments::{ActiveModel, Column, Entity, Model, State};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::request::NewPayment;
use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::Fault;
use crate::write::Write;

/// The payment with that id.
pub async fn by_id(read: &Reader, id: PaymentId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(read).await?)
}

/// The payments with these ids, in no order.
pub async fn by_ids(read: &Reader, ids: &[PaymentId]) -> Result<Vec<Model>, Fault> {
    let payments = Entity::find().filter(Column::Id.is_in(keys(ids.iter().copied())));
    Ok(payments.all(read).await?)
}

/// The payments of these orders, oldest first.
pub async fn of_orders(read: &Reader, orders: &[OrderId]) -> Result<Vec<Model>, Fault> {
    let payments = Entity::find()
        .filter(Column::OrderId.is_in(keys(orders.iter().copied())))
        .order_by_asc(Column::Id);
    Ok(payments.all(read).await?)
}

/// Locks the payment until the end of the transaction.
pub async fn lock(w: &Write, id: PaymentId) -> Result<Option<Model>, Fault> {
    let payment = Entity::find_by_id(id).lock(LockType::Update);
    Ok(payment.one(w.read()).await?)
}

/// Locks the payment that an operation belongs to.
pub async fn lock_of_operation(
    w: &Write,
    operation: PaymentOperationId,
) -> Result<Option<Model>, Fault> {
    let of_operation = Query::select()
        .column(payment_operations::Column::PaymentId)
        .from(payment_operations::Entity)
        .and_where(Expr::col(payment_operations::Column::Id).eq(operation))
        .to_owned();
    let payment = Entity::find()
        .filter(Column::Id.in_subquery(of_operation))
        .lock(LockType::Update);
    Ok(payment.one(w.read()).await?)
}

/// Locks the payments of an order, oldest first.
pub async fn lock_of_order(w: &Write, order: OrderId) -> Result<Vec<Model>, Fault> {
    let payments = Entity::find()
        .filter(Column::OrderId.eq(order))
        .order_by_asc(Column::Id)
        .lock(LockType::Update);
    Ok(payments.all(w.read()).await?)
}

/// Adds a payment.
pub async fn add(w: &Write, new: &NewPayment, state: State) -> Result<PaymentId, Fault> {
    let id: PaymentId = w.id();
    let row = ActiveModel {
        id: Set(id),
        order_id: Set(new.order),
        method: Set(new.method),
        gateway: Set(new.gateway.clone()),
        currency: Set(new.amount.currency.code().to_owned()),
        amount_minor: Set(new.amount.minor),
        authorized_minor: Set(0),
        captured_minor: Set(0),
        refunded_minor: Set(0),
        voided: Set(false),
        state: Set(state),
        version: Set(1),
        created_at: Set(w.now()),
        updated_at: Set(w.now()),
    };
    Entity::insert(row).exec_without_returning(w).await?;
    Ok(id)
}

/// How much an act adds to the figures of a payment, in minor units.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// To what is authorized.
    pub authorized: i64,
    /// To what is captured.
    pub captured: i64,
    /// To what is refunded.
    pub refunded: i64,
}

/// Moves the payment from the state and version that were read, adding to its figures; false where
/// it has changed meanwhile or the figures do not allow it: refunded ≤ captured ≤ authorized ≤
/// amount.
pub async fn advance(w: &Write, was: &Model, to: State, add: Figures) -> Result<bool, Fault> {
    let authorized = || Expr::col(Column::AuthorizedMinor).add(add.authorized);
    let captured = || Expr::col(Column::CapturedMinor).add(add.captured);
    let refunded = || Expr::col(Column::RefundedMinor).add(add.refunded);
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(to.as_str()))
        .col_expr(Column::Voided, Expr::value(to == State::Voided))
        .col_expr(Column::AuthorizedMinor, authorized())
        .col_expr(Column::CapturedMinor, captured())
        .col_expr(Column::RefundedMinor, refunded())
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(was.id))
        .filter(Column::Version.eq(was.version))
        .filter(Column::State.eq(was.state))
        .filter(authorized().lte(Expr::col(Column::AmountMinor)))
        .filter(captured().lte(authorized()))
        .filter(refunded().lte(captured()))
        .exec(w)
        .await?;
    Ok(done.rows_affected == 1)
}
