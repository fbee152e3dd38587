//! Images of products.

use std::collections::HashMap;

use entity::id::{ImageId, ProductId};
use entity::product_images::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::{Fault, Stop};
use crate::write::{Write, insert_all};

/// The image with that id.
pub async fn by_id(read: &Reader, id: ImageId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(read).await?)
}

/// The images of products, in their order.
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

/// Adds images.
pub async fn add(w: &Write, rows: Vec<Model>) -> Result<(), Stop> {
    insert_all(w, rows, None).await?;
    Ok(())
}

/// Writes text, variant and place of images that are there.
pub async fn change(w: &Write, rows: Vec<Model>) -> Result<(), Stop> {
    let again = OnConflict::column(Column::Id)
        .update_columns([Column::Alt, Column::VariantId, Column::Position])
        .to_owned();
    insert_all(w, rows, Some(again)).await?;
    Ok(())
}

/// Removes an image.
pub async fn remove(w: &Write, id: ImageId) -> Result<(), Fault> {
    Entity::delete_by_id(id).exec(w).await?;
    Ok(())
}

/// Moves the images behind `position` one place forward.
pub async fn close_gap(w: &Write, product: ProductId, position: i64) -> Result<(), Fault> {
    use sea_orm::sea_query::ExprTrait;
    Entity::update_many()
        .col_expr(Column::Position, Expr::col(Column::Position).sub(1_i64))
        .filter(Column::ProductId.eq(product))
        .filter(Column::Position.gt(position))
        .exec(w)
        .await?;
    Ok(())
}
