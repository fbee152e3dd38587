//! The rows of `locations`.

use entity::id::LocationId;
use entity::locations::{ActiveModel, Column, Entity, Kind, Model};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::domain::inventory::refusal::Refusal;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::page::{Cut, Page};
use crate::write::Write;

/// The most locations a shop has.
pub const MAX: usize = 250;

/// A page of locations by code.
pub async fn page(read: &Reader, page: &Page) -> Result<Cut<Model>, Fault> {
    let mut rows = Entity::find().limit(page.probe());
    if let Some([code]) = page.edge.as_deref() {
        rows = rows.filter(if page.backward {
            Column::Code.lt(code)
        } else {
            Column::Code.gt(code)
        });
    }
    rows = if page.backward {
        rows.order_by_desc(Column::Code)
    } else {
        rows.order_by_asc(Column::Code)
    };
    Ok(page.cut(rows.all(read).await?))
}

/// The location with that code.
pub async fn by_code(read: &Reader, code: &str) -> Result<Option<Model>, Fault> {
    let row = Entity::find().filter(Column::Code.eq(code));
    Ok(row.one(read).await?)
}

/// The locations with these ids.
pub async fn by_ids(read: &Reader, ids: &[LocationId]) -> Result<Vec<Model>, Fault> {
    let rows = Entity::find().filter(Column::Id.is_in(keys(ids.iter().copied())));
    Ok(rows.all(read).await?)
}

/// The locations that serve orders, the preferred one first.
pub async fn serving(read: &Reader) -> Result<Vec<LocationId>, Fault> {
    let rows = Entity::find()
        .filter(serves())
        .order_by_desc(Column::IsDefault)
        .order_by_asc(Column::Code);
    Ok(rows.all(read).await?.iter().map(|row| row.id).collect())
}

/// The location where stock is to change: the one named, or the default. It must be active.
pub async fn open_for_stock(read: &Reader, id: Option<LocationId>) -> Result<LocationId, Stop> {
    let found = match id {
        Some(id) => Entity::find_by_id(id).one(read).await?,
        None => {
            Entity::find()
                .filter(Column::IsDefault.eq(true))
                .one(read)
                .await?
        }
    };
    let row = found.ok_or(Refusal::UnknownLocation)?;
    if row.active {
        Ok(row.id)
    } else {
        Err(Refusal::LocationClosed.into())
    }
}

/// Active, and of a kind that sends goods.
pub fn serves() -> Condition {
    Condition::all()
        .add(Column::Active.eq(true))
        .add(Column::Kind.is_in([Kind::Warehouse, Kind::Store, Kind::Dropship]))
}

/// Locks every location, in order: what makes one the default takes it from another.
pub async fn lock_all(w: &Write) -> Result<Vec<Model>, Fault> {
    let rows = Entity::find()
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate);
    Ok(rows.all(w.read()).await?)
}

/// Adds a location; false where the code is taken.
pub async fn add(w: &Write, row: Model) -> Result<bool, Fault> {
    let row = ActiveModel {
        id: Set(row.id),
        code: Set(row.code),
        name: Set(row.name),
        kind: Set(row.kind),
        country: Set(row.country),
        active: Set(row.active),
        is_default: Set(row.is_default),
        version: Set(row.version),
        created_at: Set(row.created_at),
        updated_at: Set(row.updated_at),
    };
    let taken = OnConflict::column(Column::Code).do_nothing().to_owned();
    let rows = Entity::insert(row)
        .on_conflict(taken)
        .exec_without_returning(w)
        .await?;
    Ok(rows == 1)
}

/// Writes a location that is locked at `row.version`; the version grows by one.
pub async fn change(w: &Write, row: &Model) -> Result<bool, Fault> {
    let done = Entity::update_many()
        .col_expr(Column::Name, Expr::value(row.name.clone()))
        .col_expr(Column::Kind, Expr::value(row.kind.as_str()))
        .col_expr(Column::Country, Expr::value(row.country.clone()))
        .col_expr(Column::Active, Expr::value(row.active))
        .col_expr(Column::IsDefault, Expr::value(row.is_default))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .exec(w)
        .await?;
    Ok(done.rows_affected == 1)
}

/// No other location is the default any more.
pub async fn only_default(w: &Write, id: LocationId) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::IsDefault, Expr::value(false))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::IsDefault.eq(true))
        .filter(Column::Id.ne(id))
        .exec(w)
        .await?;
    Ok(())
}
