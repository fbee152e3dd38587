//! What decides about the life of products.

use std::collections::HashMap;

use entity::id::ProductId;
use entity::{product_listings, reservations, variants};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::domain::catalog::state::Facts;
use crate::kernel::error::Fault;

#[derive(FromQueryResult)]
struct Tally {
    product_id: ProductId,
    tally: i64,
}

/// The facts of products, for their machine: three statements for all.
pub async fn of(read: &Reader, ids: &[ProductId]) -> Result<HashMap<ProductId, Facts>, Fault> {
    let mut facts: HashMap<ProductId, Facts> =
        ids.iter().map(|id| (*id, Facts::default())).collect();
    let active = variants::Entity::find()
        .filter(variants::Column::ProductId.is_in(keys(ids.iter().copied())))
        .filter(variants::Column::Active.eq(true));
    for row in tally(read, active, variants::Column::ProductId).await? {
        facts.entry(row.product_id).or_default().active_variants = row.tally;
    }
    let listed = product_listings::Entity::find()
        .filter(product_listings::Column::ProductId.is_in(keys(ids.iter().copied())));
    for row in tally(read, listed, product_listings::Column::ProductId).await? {
        facts.entry(row.product_id).or_default().priced_channels = row.tally;
    }
    for row in promised(read, ids).await? {
        facts.entry(row.product_id).or_default().open_reservations = row.tally;
    }
    Ok(facts)
}

async fn promised(read: &Reader, ids: &[ProductId]) -> Result<Vec<Tally>, Fault> {
    use reservations::{Column, Entity, State};
    let of_variant =
        Expr::col((Entity, Column::VariantId)).equals((variants::Entity, variants::Column::Id));
    let rows = Query::select()
        .column((variants::Entity, variants::Column::ProductId))
        .expr_as(Expr::cust("COUNT(*)"), "tally")
        .from(variants::Entity)
        .inner_join(Entity, of_variant)
        .and_where(variants::Column::ProductId.is_in(keys(ids.iter().copied())))
        .and_where(Expr::col((Entity, Column::State)).is_in([State::Held, State::Allocated]))
        .group_by_col((variants::Entity, variants::Column::ProductId))
        .to_owned();
    let rows = Tally::find_by_statement(read.get_database_backend().build(&rows));
    Ok(rows.all(read).await?)
}

async fn tally<E: EntityTrait>(
    read: &Reader,
    rows: Select<E>,
    product: impl ColumnTrait,
) -> Result<Vec<Tally>, Fault> {
    let rows = rows
        .select_only()
        .column_as(product, "product_id")
        .column_as(Expr::cust("COUNT(*)"), "tally")
        .group_by(product);
    Ok(rows.into_model::<Tally>().all(read).await?)
}
