//! The SQL that moves an order: its state, its derived statuses, how far its lines have come.

use entity::id::{OrderId, OrderLineId};
use entity::order_lines;
use entity::orders::{Column, Entity, FulfillmentStatus, Model, PaymentStatus, State};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, UpdateMany};

use crate::domain::order::status::Pieces;
use crate::kernel::error::Fault;
use crate::write::Write;

/// What a move notes besides the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Nothing.
    Nothing,
    /// Why it is on hold.
    Held(String),
    /// That it is on hold no longer.
    Released,
    /// Why it was cancelled.
    Cancelled(String),
}

/// Moves the order from the state and version in `order`, and brings that up to date; false where
/// the row has changed meanwhile.
pub async fn set_state(w: &Write, order: &mut Model, to: State, note: Note) -> Result<bool, Fault> {
    let mut update = change(w).col_expr(Column::State, Expr::value(to.as_str()));
    match to {
        State::Confirmed if order.confirmed_at.is_none() => {
            update = update.col_expr(Column::ConfirmedAt, Expr::value(w.now()));
            order.confirmed_at = Some(w.now());
        }
        State::Completed => {
            update = update.col_expr(Column::CompletedAt, Expr::value(w.now()));
            order.completed_at = Some(w.now());
        }
        State::Cancelled => {
            update = update.col_expr(Column::CancelledAt, Expr::value(w.now()));
            order.cancelled_at = Some(w.now());
        }
        State::Confirmed
        | State::PendingPayment
        | State::OnHold
        | State::InFulfillment
        | State::PaymentFailed => {}
    }
    match note {
        Note::Nothing => {}
        Note::Held(reason) => {
            update = update.col_expr(Column::HoldReason, Expr::value(reason));
        }
        Note::Released => {
            update = update.col_expr(Column::HoldReason, Expr::value(Option::<String>::None));
        }
        Note::Cancelled(reason) => {
            update = update.col_expr(Column::CancelReason, Expr::value(reason));
        }
    }
    let moved = apply(w, order, update).await?;
    order.state = to;
    Ok(moved)
}

/// Writes the derived statuses; false where the row has changed meanwhile.
pub async fn set_statuses(
    w: &Write,
    order: &mut Model,
    payment: PaymentStatus,
    fulfillment: FulfillmentStatus,
) -> Result<bool, Fault> {
    let update = change(w)
        .col_expr(Column::PaymentStatus, Expr::value(payment.as_str()))
        .col_expr(Column::FulfillmentStatus, Expr::value(fulfillment.as_str()));
    let moved = apply(w, order, update).await?;
    (order.payment_status, order.fulfillment_status) = (payment, fulfillment);
    Ok(moved)
}

fn change(w: &Write) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
}

async fn apply(w: &Write, order: &mut Model, update: UpdateMany<Entity>) -> Result<bool, Fault> {
    let done = update
        .filter(Column::Id.eq(order.id))
        .filter(Column::Version.eq(order.version))
        .filter(Column::State.eq(order.state))
        .exec(w)
        .await?;
    order.version += 1;
    order.updated_at = w.now();
    Ok(done.rows_affected == 1)
}

/// How far pieces of a line go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Into a live fulfillment.
    Fulfilled,
    /// Back out of one that was cancelled.
    Withdrawn,
    /// Out of the house.
    Shipped,
    /// To the buyer.
    Delivered,
}

/// Notes how far these lines of the order have come; false where one is not of the order, or fewer
/// pieces are left: delivered ≤ shipped ≤ fulfilled ≤ ordered − cancelled.
pub async fn advance_lines(
    w: &Write,
    order: OrderId,
    progress: Progress,
    lines: &[(OrderLineId, i64)],
) -> Result<bool, Fault> {
    use order_lines::Column as Line;
    let each = |case: CaseStatement, (line, quantity): &(OrderLineId, i64)| {
        case.case(Line::Id.eq(*line), Expr::value(*quantity))
    };
    let pieces = lines.iter().fold(CaseStatement::new(), each);
    let pieces: Expr = pieces.finally(Expr::value(0_i64)).into();
    let (column, next, fits) = match progress {
        Progress::Fulfilled => {
            let next = Expr::col(Line::FulfilledQty).add(pieces);
            let wanted = Expr::col(Line::Quantity).sub(Expr::col(Line::CancelledQty));
            (Line::FulfilledQty, next.clone(), next.lte(wanted))
        }
        Progress::Withdrawn => {
            let next = Expr::col(Line::FulfilledQty).sub(pieces);
            let shipped = Expr::col(Line::ShippedQty);
            (Line::FulfilledQty, next.clone(), next.gte(shipped))
        }
        Progress::Shipped => {
            let next = Expr::col(Line::ShippedQty).add(pieces);
            let fulfilled = Expr::col(Line::FulfilledQty);
            (Line::ShippedQty, next.clone(), next.lte(fulfilled))
        }
        Progress::Delivered => {
            let next = Expr::col(Line::DeliveredQty).add(pieces);
            let shipped = Expr::col(Line::ShippedQty);
            (Line::DeliveredQty, next.clone(), next.lte(shipped))
        }
    };
    let done = order_lines::Entity::update_many()
        .col_expr(column, next)
        .filter(Line::OrderId.eq(order))
        .filter(Line::Id.is_in(lines.iter().map(|(line, _)| *line)))
        .filter(fits)
        .exec(w)
        .await?;
    Ok(usize::try_from(done.rows_affected).is_ok_and(|rows| rows == lines.len()))
}

/// Notes that all pieces of the order are allocated.
pub async fn allocate_lines(w: &Write, order: OrderId) -> Result<(), Fault> {
    use order_lines::Column as Line;
    let wanted = Expr::col(Line::Quantity).sub(Expr::col(Line::CancelledQty));
    order_lines::Entity::update_many()
        .col_expr(Line::AllocatedQty, wanted)
        .filter(Line::OrderId.eq(order))
        .exec(w)
        .await?;
    Ok(())
}

/// Notes that all pieces of the order are cancelled, and none allocated.
pub async fn cancel_lines(w: &Write, order: OrderId) -> Result<(), Fault> {
    use order_lines::Column as Line;
    order_lines::Entity::update_many()
        .col_expr(Line::CancelledQty, Expr::col(Line::Quantity))
        .col_expr(Line::AllocatedQty, Expr::value(0_i64))
        .filter(Line::OrderId.eq(order))
        .exec(w)
        .await?;
    Ok(())
}

/// How far the pieces of these lines have come together.
pub fn pieces(lines: &[order_lines::Model]) -> Pieces {
    lines.iter().fold(Pieces::default(), |sum, line| Pieces {
        wanted: sum.wanted + line.quantity - line.cancelled_qty,
        fulfilled: sum.fulfilled + line.fulfilled_qty,
        shipped: sum.shipped + line.shipped_qty,
        delivered: sum.delivered + line.delivered_qty,
    })
}
