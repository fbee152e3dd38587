//! The rows of `stock_movements`: double entry, append-only.
//!
//! What lies at a location is what has entered `sellable` and `committed` less what has left them.

use entity::id::MovementId;
use entity::stock_movements::{ActiveModel, Entity};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use crate::domain::inventory::movement::Movement;
use crate::kernel::error::Fault;
use crate::write::Write;

/// What caused movements.
#[derive(Clone, Copy, Debug)]
pub struct Cause {
    /// Why, as a code.
    pub reason: &'static str,
    /// The noun that caused it, and its id.
    pub by: Option<(&'static str, Uuid)>,
}

/// Books movements as one operation and gives its id; pieces of zero are left out.
pub async fn book(w: &Write, cause: Cause, moved: &[Movement]) -> Result<Uuid, Fault> {
    let (op, rows) = operation(w, cause, moved);
    insert(w, rows).await?;
    Ok(op)
}

/// Books one operation for each order that caused movements.
pub async fn book_each(
    w: &Write,
    reason: &'static str,
    moved: impl IntoIterator<Item = (Uuid, Vec<Movement>)>,
) -> Result<(), Fault> {
    let mut rows = Vec::new();
    for (order, moved) in moved {
        let cause = Cause {
            reason,
            by: Some(("order", order)),
        };
        rows.extend(operation(w, cause, &moved).1);
    }
    insert(w, rows).await
}

/// The rows of one operation, and its id.
fn operation(w: &Write, cause: Cause, moved: &[Movement]) -> (Uuid, Vec<ActiveModel>) {
    let op = w.id::<MovementId>().uuid();
    let rows = moved
        .iter()
        .filter(|one| one.quantity > 0)
        .zip(1_i64..)
        .map(|(one, line)| row(w, cause, (op, line), one))
        .collect();
    (op, rows)
}

async fn insert(w: &Write, rows: Vec<ActiveModel>) -> Result<(), Fault> {
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(w).await?;
    }
    Ok(())
}

fn row(w: &Write, cause: Cause, (op, line): (Uuid, i64), moved: &Movement) -> ActiveModel {
    ActiveModel {
        id: Set(w.id()),
        op_id: Set(op),
        line_no: Set(line),
        variant_id: Set(moved.variant),
        location_id: Set(moved.location),
        from_account: Set(moved.from.as_str().to_owned()),
        to_account: Set(moved.to.as_str().to_owned()),
        quantity: Set(moved.quantity),
        reason: Set(cause.reason.to_owned()),
        ref_type: Set(cause.by.map(|(kind, _)| kind.to_owned())),
        ref_id: Set(cause.by.map(|(_, id)| id)),
        occurred_at: Set(w.now()),
    }
}
