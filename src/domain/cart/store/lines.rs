//! The rows of `cart_lines`.

use entity::cart_lines::{ActiveModel, Column, Entity, Model};
use entity::id::{CartId, CartLineId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::domain::cart::lines::{Change, Held};
use crate::kernel::error::Fault;
use crate::write::Write;

/// The lines of a cart, in order.
pub async fn held(read: &Reader, cart: CartId) -> Result<Vec<Held>, Fault> {
    let rows = Entity::find()
        .filter(Column::CartId.eq(cart))
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id);
    let held = |row: Model| Held {
        line: row.id,
        variant: row.variant_id,
        quantity: row.quantity,
        position: row.position,
    };
    Ok(rows.all(read).await?.into_iter().map(held).collect())
}

/// Gives each line its new quantity; a variant without a line gets one.
pub async fn put(w: &Write, cart: CartId, changes: &[Change]) -> Result<(), Fault> {
    if changes.is_empty() {
        return Ok(());
    }
    let rows = changes.iter().map(|change| ActiveModel {
        id: Set(change.line.unwrap_or_else(|| w.id())),
        cart_id: Set(cart),
        variant_id: Set(change.variant),
        position: Set(change.position),
        quantity: Set(change.to),
        created_at: Set(w.now()),
        updated_at: Set(w.now()),
    });
    let there = OnConflict::columns([Column::CartId, Column::VariantId])
        .update_columns([Column::Quantity, Column::UpdatedAt])
        .to_owned();
    Entity::insert_many(rows)
        .on_conflict(there)
        .exec_without_returning(w)
        .await?;
    Ok(())
}

/// Removes lines.
pub async fn remove(w: &Write, cart: CartId, lines: &[CartLineId]) -> Result<(), Fault> {
    if lines.is_empty() {
        return Ok(());
    }
    Entity::delete_many()
        .filter(Column::CartId.eq(cart))
        .filter(Column::Id.is_in(keys(lines.iter().copied())))
        .exec(w)
        .await?;
    Ok(())
}
