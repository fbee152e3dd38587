//! Tax classes.

use std::collections::HashMap;

use entity::id::TaxClassId;
use entity::tax_classes::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::{Fault, Stop};
use crate::write::{Write, insert_all};

/// The most classes a list gives; a shop has a handful.
const LIMIT: u64 = 100;

/// All classes by code.
pub async fn all(read: &Reader) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find()
        .order_by_asc(Column::Code)
        .limit(LIMIT)
        .all(read)
        .await?)
}

/// Classes by id.
pub async fn by_ids(
    read: &Reader,
    ids: &[TaxClassId],
) -> Result<HashMap<TaxClassId, Model>, Fault> {
    let found = Entity::find().filter(Column::Id.is_in(keys(ids.iter().copied())));
    Ok(found
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect())
}

/// The class with that code.
pub async fn by_code(read: &Reader, code: &str) -> Result<Option<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::Code.eq(code))
        .one(read)
        .await?)
}

/// The class of products that name none.
pub async fn default(read: &Reader) -> Result<Option<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::IsDefault.eq(true))
        .one(read)
        .await?)
}

/// Locks a class.
pub async fn lock(w: &Write, id: TaxClassId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id)
        .lock(LockType::Update)
        .one(w.read())
        .await?)
}

/// Inserts a class.
pub async fn add(w: &Write, row: Model) -> Result<(), Stop> {
    insert_all(w, vec![row], None).await?;
    Ok(())
}

/// Writes name and mark of a locked class and counts its version up.
pub async fn change(w: &Write, row: &Model) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::Name, Expr::value(row.name.clone()))
        .col_expr(Column::IsDefault, Expr::value(row.is_default))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(row.id))
        .exec(w)
        .await?;
    Ok(())
}

/// Takes the mark of the default off whichever class has it.
pub async fn clear_default(w: &Write) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::IsDefault, Expr::value(false))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::IsDefault.eq(true))
        .exec(w)
        .await?;
    Ok(())
}
