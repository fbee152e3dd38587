//! The rows of `stock_levels`: what is read of them, and that they exist. Their figures change in
//! `hot.rs` only.

use std::collections::HashMap;

use entity::id::{LocationId, VariantId};
use entity::stock_levels::{ActiveModel, Column, Entity, Model};
use entity::{locations, stock_levels};
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{hot, locations as places, policies};
use crate::db::Reader;
use crate::db::portable::keys;
use crate::domain::inventory::availability::{Availability, Spot};
use crate::kernel::error::Fault;
use crate::write::Write;

/// How much of each variant can be promised; every variant asked for is answered.
pub async fn availability(
    read: &Reader,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Availability>, Fault> {
    if variants.is_empty() {
        return Ok(HashMap::new());
    }
    let policies = policies::of(read, variants).await?;
    let mut free: HashMap<VariantId, Vec<i64>> = HashMap::new();
    for spot in spots(read, variants).await? {
        free.entry(spot.variant).or_default().push(spot.free);
    }
    let answer = |variant: &VariantId| {
        let policy = policies.get(variant).copied().unwrap_or_default();
        let free = free.get(variant).cloned().unwrap_or_default();
        (*variant, Availability::new(policy, free))
    };
    Ok(variants.iter().map(answer).collect())
}

/// What the levels of the variants can give, at locations that serve orders.
pub async fn spots(read: &Reader, variants: &[VariantId]) -> Result<Vec<Spot>, Fault> {
    let read = &read.of_rows(hot::LEVELS, variants.iter().map(|variant| variant.uuid()));
    let serving = Query::select()
        .column(locations::Column::Id)
        .from(locations::Entity)
        .cond_where(places::serves())
        .to_owned();
    let rows = Entity::find()
        .filter(Column::VariantId.is_in(keys(variants.iter().copied())))
        .filter(Column::LocationId.in_subquery(serving));
    Ok(rows.all(read).await?.iter().map(spot).collect())
}

fn spot(row: &Model) -> Spot {
    Spot {
        variant: row.variant_id,
        location: row.location_id,
        free: free(row),
        beyond: row.backorder_limit,
    }
}

/// Pieces that lie there and nobody has been promised.
pub fn free(row: &Model) -> i64 {
    row.on_hand - row.unavailable - row.safety - row.committed
}

/// All levels of the variants, by variant and location.
pub async fn of(read: &Reader, variants: &[VariantId]) -> Result<Vec<Model>, Fault> {
    let rows = Entity::find()
        .filter(Column::VariantId.is_in(keys(variants.iter().copied())))
        .order_by_asc(Column::VariantId)
        .order_by_asc(Column::LocationId);
    Ok(rows.all(read).await?)
}

/// The levels of the variants at one location.
pub async fn at(
    read: &Reader,
    location: LocationId,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Model>, Fault> {
    let rows = Entity::find()
        .filter(Column::VariantId.is_in(keys(variants.iter().copied())))
        .filter(Column::LocationId.eq(location))
        .all(read)
        .await?;
    Ok(rows.into_iter().map(|row| (row.variant_id, row)).collect())
}

/// Makes empty levels where there are none: variant, location and backorder limit.
pub async fn ensure(w: &Write, levels: &[(VariantId, LocationId, i64)]) -> Result<(), Fault> {
    if levels.is_empty() {
        return Ok(());
    }
    let rows = levels
        .iter()
        .map(|(variant, location, backorder_limit)| ActiveModel {
            variant_id: Set(*variant),
            location_id: Set(*location),
            on_hand: Set(0),
            unavailable: Set(0),
            safety: Set(0),
            committed: Set(0),
            backorder_limit: Set(*backorder_limit),
            ack_shortfall: Set(0),
            version: Set(1),
            updated_at: Set(w.now()),
        });
    let there = OnConflict::columns([Column::VariantId, Column::LocationId])
        .do_nothing()
        .to_owned();
    stock_levels::Entity::insert_many(rows)
        .on_conflict(there)
        .exec_without_returning(w)
        .await?;
    Ok(())
}
