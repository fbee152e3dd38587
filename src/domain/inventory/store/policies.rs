//! The rows of `stock_policies`. A variant without one has [`Policy::default`].

use std::collections::HashMap;

use entity::id::VariantId;
use entity::stock_policies::{ActiveModel, Column, Entity, Model};
use entity::variants;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::domain::inventory::availability::Policy;
use crate::domain::inventory::refusal::Refusal;
use crate::kernel::error::{Fault, Stop};
use crate::write::Write;

/// How long an unpaid order holds stock where nobody said otherwise, in seconds.
const HOLD_TTL_S: i64 = 600;

/// The policies of the variants; one that is missing has the default.
pub async fn of(
    read: &Reader,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Policy>, Fault> {
    let rows = rows(read, variants).await?;
    Ok(rows.iter().map(|(id, row)| (*id, policy(row))).collect())
}

/// The rows of the variants that have one.
pub async fn rows(
    read: &Reader,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Model>, Fault> {
    let rows = Entity::find()
        .filter(Column::VariantId.is_in(keys(variants.iter().copied())))
        .all(read)
        .await?;
    Ok(rows.into_iter().map(|row| (row.variant_id, row)).collect())
}

/// What a row says.
pub fn policy(row: &Model) -> Policy {
    Policy {
        tracked: row.tracked,
        oversell: row.oversell,
    }
}

/// Locks a variant that is counted and gives the backorder limit of its levels.
pub async fn lock_tracked(w: &Write, variant: VariantId) -> Result<i64, Stop> {
    if lock_variants(w, &[variant]).await?.is_empty() {
        return Err(Refusal::UnknownVariant.into());
    }
    let policies = of(w.read(), &[variant]).await?;
    let policy = policies.get(&variant).copied().unwrap_or_default();
    if !policy.tracked {
        return Err(Refusal::Untracked.into());
    }
    Ok(policy.backorder_limit())
}

/// Locks the variants, in order, so that their histories grow one entry after the other; gives
/// those that exist. Orders of them go on: a reservation only needs the variant's key.
pub async fn lock_variants(w: &Write, ids: &[VariantId]) -> Result<Vec<VariantId>, Fault> {
    let rows = variants::Entity::find()
        .filter(variants::Column::Id.is_in(keys(ids.iter().copied())))
        .order_by_asc(variants::Column::Id)
        .lock(LockType::NoKeyUpdate);
    Ok(rows
        .all(w.read())
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect())
}

/// Sets the policies, each variant once.
pub async fn set(w: &Write, policies: &[(VariantId, Policy)]) -> Result<(), Fault> {
    if policies.is_empty() {
        return Ok(());
    }
    let rows = policies.iter().map(|(variant, policy)| ActiveModel {
        variant_id: Set(*variant),
        tracked: Set(policy.tracked),
        oversell: Set(policy.oversell),
        hold_ttl_s: Set(HOLD_TTL_S),
        version: Set(1),
    });
    let newer = OnConflict::column(Column::VariantId)
        .update_columns([Column::Tracked, Column::Oversell])
        .value(
            Column::Version,
            Expr::col((Entity, Column::Version)).add(1_i64),
        )
        .to_owned();
    Entity::insert_many(rows)
        .on_conflict(newer)
        .exec_without_returning(w)
        .await?;
    Ok(())
}
