//! Which products a channel lists, with the range of their prices.

use std::collections::HashMap;

use entity::id::{ChannelId, ProductId};
use entity::product_listings::{Column, Entity, Model};
use entity::{prices, variants};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::Fault;
use crate::write::Write;

/// The listings of products in a channel.
pub async fn in_channel(
    read: &Reader,
    channel: ChannelId,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, Model>, Fault> {
    let rows = Entity::find()
        .filter(Column::ProductId.is_in(keys(ids.iter().copied())))
        .filter(Column::ChannelId.eq(channel));
    Ok(rows
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.product_id, row))
        .collect())
}

/// Writes the listings of locked products anew, from the prices of their active variants.
pub async fn relist(w: &Write, ids: &[ProductId]) -> Result<(), Fault> {
    if ids.is_empty() {
        return Ok(());
    }
    Entity::delete_many()
        .filter(Column::ProductId.is_in(keys(ids.iter().copied())))
        .exec(w)
        .await?;
    let variant = |column| Expr::col((variants::Entity, column));
    let price = |column| Expr::col((prices::Entity, column));
    let ranges = Query::select()
        .expr(variant(variants::Column::ProductId))
        .expr(price(prices::Column::ChannelId))
        .expr(price(prices::Column::Currency))
        .expr(price(prices::Column::AmountMinor).min())
        .expr(price(prices::Column::AmountMinor).max())
        .from(variants::Entity)
        .inner_join(
            prices::Entity,
            price(prices::Column::VariantId).equals((variants::Entity, variants::Column::Id)),
        )
        .and_where(variant(variants::Column::ProductId).is_in(keys(ids.iter().copied())))
        .and_where(variant(variants::Column::Active).eq(true))
        .group_by_columns([(variants::Entity, variants::Column::ProductId)])
        .group_by_columns([
            (prices::Entity, prices::Column::ChannelId),
            (prices::Entity, prices::Column::Currency),
        ])
        .to_owned();
    let mut insert = Query::insert();
    insert.into_table(Entity).columns([
        Column::ProductId,
        Column::ChannelId,
        Column::Currency,
        Column::PriceFromMinor,
        Column::PriceToMinor,
    ]);
    // proven: five columns and five expressions.
    insert
        .select_from(ranges)
        .map_err(|error| Fault::Internal(Box::new(error)))?;
    w.execute(&insert).await?;
    Ok(())
}
