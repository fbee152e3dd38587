//! Variants by themselves.

use std::collections::HashMap;

use entity::id::{ProductId, VariantId};
use entity::variants::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::{Fault, Stop};
use crate::write::Write;

/// Variants by id.
pub async fn by_ids(read: &Reader, ids: &[VariantId]) -> Result<HashMap<VariantId, Model>, Fault> {
    let found = Entity::find().filter(Column::Id.is_in(keys(ids.iter().copied())));
    Ok(found
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect())
}

/// The variants of products, in their order; the inactive ones too.
pub async fn of_products(
    read: &Reader,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, Vec<Model>>, Fault> {
    let rows = Entity::find()
        .filter(Column::ProductId.is_in(keys(ids.iter().copied())))
        .order_by_asc(Column::ProductId)
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id);
    let mut by_product: HashMap<ProductId, Vec<Model>> = HashMap::new();
    for row in rows.all(read).await? {
        by_product.entry(row.product_id).or_default().push(row);
    }
    Ok(by_product)
}

/// Which of these SKUs exist, and whose they are.
pub async fn by_skus(read: &Reader, skus: &[&str]) -> Result<HashMap<String, Model>, Fault> {
    let found = Entity::find().filter(Column::Sku.is_in(keys(skus.iter().copied())));
    Ok(found
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.sku.clone(), row))
        .collect())
}

/// How many variants of a product are active.
pub async fn count_active(read: &Reader, id: ProductId) -> Result<u64, Fault> {
    let found = Entity::find()
        .filter(Column::ProductId.eq(id))
        .filter(Column::Active.eq(true));
    Ok(found.count(read).await?)
}

/// Locks a variant; its product is locked before.
pub async fn lock(w: &Write, id: VariantId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id)
        .lock(LockType::Update)
        .one(w.read())
        .await?)
}

/// Writes all that a variant says of itself, if it still has the version it was read at.
pub async fn change(w: &Write, row: &Model) -> Result<(), Stop> {
    let done = Entity::update_many()
        .col_expr(Column::Sku, Expr::value(row.sku.clone()))
        .col_expr(Column::Barcode, Expr::value(row.barcode.clone()))
        .col_expr(Column::Position, Expr::value(row.position))
        .col_expr(Column::WeightGrams, Expr::value(row.weight_grams))
        .col_expr(Column::RequiresShipping, Expr::value(row.requires_shipping))
        .col_expr(Column::Active, Expr::value(row.active))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .exec(w)
        .await?;
    if done.rows_affected == 0 {
        return Err(Stop::Stale);
    }
    Ok(())
}
