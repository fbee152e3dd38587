//! Prices, and every price that ever was.

use std::collections::HashMap;

use entity::id::{ChannelId, ProductId, VariantId};
use entity::prices::{Column, Entity, Model};
use entity::{channels, price_history, variants};
use sea_orm::sea_query::{LockType, OnConflict, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::money::Currency;
use crate::write::{Write, insert_all};

/// A price by what it is the price of.
pub type Prices = HashMap<(VariantId, ChannelId), Model>;

/// The prices of variants in a channel.
pub async fn in_channel(
    read: &Reader,
    channel: ChannelId,
    ids: &[VariantId],
) -> Result<HashMap<VariantId, Model>, Fault> {
    let rows = Entity::find()
        .filter(Column::VariantId.is_in(keys(ids.iter().copied())))
        .filter(Column::ChannelId.eq(channel));
    Ok(rows
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.variant_id, row))
        .collect())
}

/// The prices of variants in all channels, for staff.
pub async fn of_variants(
    read: &Reader,
    ids: &[VariantId],
) -> Result<HashMap<VariantId, Vec<Model>>, Fault> {
    let rows = Entity::find()
        .filter(Column::VariantId.is_in(keys(ids.iter().copied())))
        .order_by_asc(Column::VariantId)
        .order_by_asc(Column::ChannelId);
    let mut by_variant: HashMap<VariantId, Vec<Model>> = HashMap::new();
    for row in rows.all(read).await? {
        by_variant.entry(row.variant_id).or_default().push(row);
    }
    Ok(by_variant)
}

/// Locks the prices of variants, whose products are locked before.
pub async fn lock(w: &Write, variants: &[VariantId]) -> Result<Prices, Fault> {
    let rows = Entity::find()
        .filter(Column::VariantId.is_in(keys(variants.iter().copied())))
        .order_by_asc(Column::Id)
        .lock(LockType::Update)
        .all(w.read())
        .await?;
    Ok(by_place(rows))
}

/// Locks the prices of all variants of products, which are locked before.
pub async fn lock_of_products(w: &Write, products: &[ProductId]) -> Result<Prices, Fault> {
    let of_products = Query::select()
        .column(variants::Column::Id)
        .from(variants::Entity)
        .and_where(variants::Column::ProductId.is_in(keys(products.iter().copied())))
        .to_owned();
    let rows = Entity::find()
        .filter(Column::VariantId.in_subquery(of_products))
        .order_by_asc(Column::Id)
        .lock(LockType::Update)
        .all(w.read())
        .await?;
    Ok(by_place(rows))
}

/// Writes prices: new ones, and new amounts of those that are there; each into the history.
pub async fn write(w: &Write, rows: Vec<Model>) -> Result<(), Stop> {
    let history = rows
        .iter()
        .map(|row| past(w, row, Some(row.amount_minor)))
        .collect();
    let again = OnConflict::columns([Column::VariantId, Column::ChannelId])
        .update_columns([
            Column::AmountMinor,
            Column::CompareAtMinor,
            Column::Version,
            Column::UpdatedAt,
        ])
        .to_owned();
    insert_all(w, rows, Some(again)).await?;
    insert_all(w, history, None).await?;
    Ok(())
}

/// Withdraws prices, which the history says.
pub async fn withdraw(w: &Write, rows: &[Model]) -> Result<(), Stop> {
    let history = rows.iter().map(|row| past(w, row, None)).collect();
    Entity::delete_many()
        .filter(Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(w)
        .await?;
    insert_all(w, history, None).await?;
    Ok(())
}

/// What channels sell in.
pub async fn currencies(
    read: &Reader,
    ids: &[ChannelId],
) -> Result<HashMap<ChannelId, Currency>, Fault> {
    let rows = channels::Entity::find()
        .filter(channels::Column::Id.is_in(keys(ids.iter().copied())))
        .all(read)
        .await?;
    let currency = |row: channels::Model| match row.currency.parse() {
        Ok(currency) => Ok((row.id, currency)),
        Err(_) => Err(Fault::Corrupt {
            table: "channels",
            column: "currency",
            id: row.id.to_string(),
        }),
    };
    rows.into_iter().map(currency).collect()
}

fn by_place(rows: Vec<Model>) -> Prices {
    rows.into_iter()
        .map(|row| ((row.variant_id, row.channel_id), row))
        .collect()
}

fn past(w: &Write, row: &Model, amount_minor: Option<i64>) -> price_history::Model {
    price_history::Model {
        id: w.id(),
        variant_id: row.variant_id,
        channel_id: row.channel_id,
        currency: row.currency.clone(),
        amount_minor,
        compare_at_minor: amount_minor.and(row.compare_at_minor),
        valid_from: w.now(),
    }
}
