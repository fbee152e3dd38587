//! The rows of `delivery_methods`, and of its channel what they must agree with.

use std::collections::HashMap;

use entity::delivery_methods::{Column, Entity, Model};
use entity::id::{ChannelId, DeliveryMethodId, TaxClassId};
use entity::{channel_countries, channels, tax_classes};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::quote::Tariff;
use super::terms::Terms;
use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::Fault;
use crate::kernel::money::{Currency, Money};
use crate::write::Write;

/// The most methods a channel has.
pub const MAX: u64 = 100;

/// The methods of a channel in the order of their offer, those that are not offered only if asked
/// for.
pub async fn methods(
    read: &Reader,
    channel: ChannelId,
    inactive_too: bool,
) -> Result<Vec<Model>, Fault> {
    let mut rows = Entity::find()
        .filter(Column::ChannelId.eq(channel))
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id);
    if !inactive_too {
        rows = rows.filter(Column::Active.eq(true));
    }
    Ok(rows.all(read).await?)
}

/// One method.
pub async fn method(read: &Reader, id: DeliveryMethodId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(read).await?)
}

/// Methods by id.
pub async fn by_ids(
    read: &Reader,
    ids: &[DeliveryMethodId],
) -> Result<HashMap<DeliveryMethodId, Model>, Fault> {
    let rows = Entity::find().filter(Column::Id.is_in(keys(ids.iter().copied())));
    Ok(rows
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect())
}

/// What a method costs.
pub fn tariff(row: &Model) -> Result<Tariff, Fault> {
    let currency = currency(row)?;
    Ok(Tariff {
        kind: row.kind,
        price: Money::new(row.price_minor, currency),
        free_over: row.free_over_minor.map(|minor| Money::new(minor, currency)),
    })
}

/// What a method offers.
pub fn terms(row: &Model) -> Result<Terms, Fault> {
    let tariff = tariff(row)?;
    Ok(Terms {
        kind: tariff.kind,
        price: tariff.price,
        free_over: tariff.free_over,
        countries: countries(row)?,
        min_days: row.min_days,
        max_days: row.max_days,
        position: row.position,
    })
}

/// Where a method goes; empty for all countries of its channel.
pub fn countries(row: &Model) -> Result<Vec<String>, Fault> {
    serde_json::from_value(row.countries.clone()).map_err(|_| corrupt(row, "countries"))
}

fn currency(row: &Model) -> Result<Currency, Fault> {
    row.currency.parse().map_err(|_| corrupt(row, "currency"))
}

fn corrupt(row: &Model, column: &'static str) -> Fault {
    Fault::Corrupt {
        table: "delivery_methods",
        column,
        id: row.id.to_string(),
    }
}

/// Locks the channel against others who change what it offers; gives its currency and countries.
pub async fn lock_channel(
    w: &Write,
    id: ChannelId,
) -> Result<Option<(Currency, Vec<String>)>, Fault> {
    let row = channels::Entity::find_by_id(id).lock(LockType::NoKeyUpdate);
    let Some(row) = row.one(w.read()).await? else {
        return Ok(None);
    };
    let currency = row.currency.parse().map_err(|_| Fault::Corrupt {
        table: "channels",
        column: "currency",
        id: id.to_string(),
    })?;
    let countries = channel_countries::Entity::find()
        .filter(channel_countries::Column::ChannelId.eq(id))
        .all(w.read())
        .await?;
    let countries = countries.into_iter().map(|row| row.country).collect();
    Ok(Some((currency, countries)))
}

/// Whether there is such a tax class.
pub async fn class_exists(read: &Reader, id: TaxClassId) -> Result<bool, Fault> {
    let row = tax_classes::Entity::find_by_id(id).one(read).await?;
    Ok(row.is_some())
}

/// How many methods a channel has.
pub async fn count(read: &Reader, channel: ChannelId) -> Result<u64, Fault> {
    let rows = Entity::find().filter(Column::ChannelId.eq(channel));
    Ok(rows.count(read).await?)
}

/// Locks a method.
pub async fn lock(w: &Write, id: DeliveryMethodId) -> Result<Option<Model>, Fault> {
    let row = Entity::find_by_id(id).lock(LockType::NoKeyUpdate);
    Ok(row.one(w.read()).await?)
}

/// Adds a method; false where the channel has one of that code.
pub async fn add(w: &Write, row: Model) -> Result<bool, Fault> {
    let taken = OnConflict::columns([Column::ChannelId, Column::Code])
        .do_nothing()
        .to_owned();
    let rows = Entity::insert(row.into_active_model().reset_all())
        .on_conflict(taken)
        .exec_without_returning(w)
        .await?;
    Ok(rows == 1)
}

/// Writes a method that is locked; the version grows by one.
pub async fn change(w: &Write, row: &Model) -> Result<bool, Fault> {
    let done = Entity::update_many()
        .col_expr(Column::Name, Expr::value(row.name.clone()))
        .col_expr(Column::Kind, Expr::value(row.kind.as_str()))
        .col_expr(Column::PriceMinor, Expr::value(row.price_minor))
        .col_expr(Column::FreeOverMinor, Expr::value(row.free_over_minor))
        .col_expr(Column::TaxClassId, Expr::value(row.tax_class_id))
        .col_expr(Column::Countries, Expr::value(row.countries.clone()))
        .col_expr(Column::MinDays, Expr::value(row.min_days))
        .col_expr(Column::MaxDays, Expr::value(row.max_days))
        .col_expr(Column::Active, Expr::value(row.active))
        .col_expr(Column::Position, Expr::value(row.position))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .exec(w)
        .await?;
    Ok(done.rows_affected == 1)
}
