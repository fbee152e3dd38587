//! Products by themselves, with the words they are found under.

use std::collections::{BTreeSet, HashMap};

use entity::id::ProductId;
use entity::product_terms;
use entity::products::{Column, Entity, Model, State};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LockType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::clock::Instant;
use crate::kernel::error::{Fault, Stop};
use crate::write::{Write, insert_all};

/// Products by id.
pub async fn by_ids(read: &Reader, ids: &[ProductId]) -> Result<HashMap<ProductId, Model>, Fault> {
    let found = Entity::find().filter(Column::Id.is_in(keys(ids.iter().copied())));
    Ok(found
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect())
}

/// Locks a product.
pub async fn lock(w: &Write, id: ProductId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id)
        .lock(LockType::Update)
        .one(w.read())
        .await?)
}

/// Locks products in the order of their ids.
pub async fn lock_all(w: &Write, ids: &[ProductId]) -> Result<HashMap<ProductId, Model>, Fault> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(keys(ids.iter().copied())))
        .order_by_asc(Column::Id)
        .lock(LockType::Update)
        .all(w.read())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Locks the products with one of these ids of another system or slugs, in the order of their ids.
pub async fn lock_known(
    w: &Write,
    external_ids: &[&str],
    slugs: &[&str],
) -> Result<Vec<Model>, Fault> {
    let either = Condition::any()
        .add(Column::ExternalId.is_in(keys(external_ids.iter().copied())))
        .add(Column::Slug.is_in(keys(slugs.iter().copied())));
    let rows = Entity::find()
        .filter(either)
        .order_by_asc(Column::Id)
        .lock(LockType::Update);
    Ok(rows.all(w.read()).await?)
}

/// Whether another product than `but` has this slug.
pub async fn slug_taken(read: &Reader, slug: &str, but: Option<ProductId>) -> Result<bool, Fault> {
    let found = Entity::find()
        .filter(Column::Slug.eq(slug))
        .one(read)
        .await?;
    Ok(found.is_some_and(|row| Some(row.id) != but))
}

/// Whether another product than `but` has this id of another system.
pub async fn external_id_taken(
    read: &Reader,
    external_id: &str,
    but: Option<ProductId>,
) -> Result<bool, Fault> {
    let found = Entity::find()
        .filter(Column::ExternalId.eq(external_id))
        .one(read)
        .await?;
    Ok(found.is_some_and(|row| Some(row.id) != but))
}

/// Writes all that a product says of itself but its state, if it still has the version it was
/// read at.
pub async fn change(w: &Write, row: &Model) -> Result<(), Stop> {
    let done = Entity::update_many()
        .col_expr(Column::Slug, Expr::value(row.slug.clone()))
        .col_expr(Column::ExternalId, Expr::value(row.external_id.clone()))
        .col_expr(Column::Title, Expr::value(row.title.clone()))
        .col_expr(
            Column::DescriptionHtml,
            Expr::value(row.description_html.clone()),
        )
        .col_expr(Column::Vendor, Expr::value(row.vendor.clone()))
        .col_expr(Column::ProductType, Expr::value(row.product_type.clone()))
        .col_expr(Column::CategoryId, Expr::value(row.category_id))
        .col_expr(Column::TaxClassId, Expr::value(row.tax_class_id))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .exec(w)
        .await?;
    changed_one(done.rows_affected)
}

/// Counts the version of a locked product up, because something of it has changed.
pub async fn touch(w: &Write, row: &Model) -> Result<(), Stop> {
    let done = Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .exec(w)
        .await?;
    changed_one(done.rows_affected)
}

/// Moves a locked product to another state, if it still has the version and state it was read at.
pub async fn set_state(
    w: &Write,
    row: &Model,
    to: State,
    published_at: Option<Instant>,
) -> Result<(), Stop> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::PublishedAt, Expr::value(published_at))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .filter(Column::State.eq(row.state))
        .exec(w)
        .await?;
    changed_one(done.rows_affected)
}

/// Moves locked products that are in `from` to `to`; says how many moved. The first publication is
/// noted.
pub async fn move_all(w: &Write, ids: &[ProductId], from: State, to: State) -> Result<u64, Fault> {
    if ids.is_empty() {
        return Ok(0);
    }
    let published = match to {
        State::Active => {
            Func::coalesce([Expr::col(Column::PublishedAt), Expr::value(w.now())]).into()
        }
        State::Draft
        | State::InReview
        | State::Suspended
        | State::Discontinued
        | State::Archived => Expr::col(Column::PublishedAt),
    };
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::PublishedAt, published)
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.is_in(keys(ids.iter().copied())))
        .filter(Column::State.eq(from))
        .exec(w)
        .await?;
    Ok(done.rows_affected)
}

/// Replaces the words of products.
pub async fn replace_terms(w: &Write, words: &[(ProductId, BTreeSet<String>)]) -> Result<(), Stop> {
    if words.is_empty() {
        return Ok(());
    }
    product_terms::Entity::delete_many()
        .filter(product_terms::Column::ProductId.is_in(words.iter().map(|(id, _)| *id)))
        .exec(w)
        .await?;
    let mut rows = Vec::new();
    for (id, terms) in words {
        rows.extend(terms.iter().map(|term| product_terms::Model {
            term: term.clone(),
            product_id: *id,
        }));
    }
    insert_all(w, rows, None).await?;
    Ok(())
}

fn changed_one(rows: u64) -> Result<(), Stop> {
    match rows {
        0 => Err(Stop::Stale),
        _ => Ok(()),
    }
}
