//! Categories by themselves; their tree is in [`super::tree`].

use std::collections::HashMap;

use entity::categories::{Column, Entity, Model};
use entity::id::CategoryId;
use entity::products;
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::page::{Cut, Page};
use crate::write::{Write, insert_all};

/// Categories by id.
pub async fn by_ids(
    read: &Reader,
    ids: &[CategoryId],
) -> Result<HashMap<CategoryId, Model>, Fault> {
    let found = Entity::find().filter(Column::Id.is_in(keys(ids.iter().copied())));
    Ok(found
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect())
}

/// The category with that slug.
pub async fn by_slug(read: &Reader, slug: &str) -> Result<Option<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::Slug.eq(slug))
        .one(read)
        .await?)
}

/// Categories by slug.
pub async fn by_slugs(
    read: &Reader,
    slugs: &[String],
) -> Result<HashMap<String, CategoryId>, Fault> {
    let found = Entity::find().filter(Column::Slug.is_in(slugs.iter().map(String::as_str)));
    Ok(found
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.slug, row.id))
        .collect())
}

/// The sort key of a category among its siblings.
pub fn key(row: &Model) -> Vec<String> {
    vec![row.position.to_string(), row.id.to_string()]
}

/// A page of the categories right below `parent`, or of those at the top.
pub async fn page(
    read: &Reader,
    parent: Option<CategoryId>,
    page: &Page,
) -> Result<Cut<Model>, Fault> {
    let mut query = siblings(parent).limit(page.probe());
    if let Some((position, id)) = edge(page) {
        let beyond = |column: Column| {
            if page.backward {
                (column.lt(position), Column::Id.lt(id))
            } else {
                (column.gt(position), Column::Id.gt(id))
            }
        };
        let (further, tie) = beyond(Column::Position);
        let same = Column::Position.eq(position);
        query = query.filter(
            Condition::any()
                .add(further)
                .add(Condition::all().add(same).add(tie)),
        );
    }
    let query = if page.backward {
        query
            .order_by_desc(Column::Position)
            .order_by_desc(Column::Id)
    } else {
        query
            .order_by_asc(Column::Position)
            .order_by_asc(Column::Id)
    };
    Ok(page.cut(query.all(read).await?))
}

/// How many categories stand right below `parent`, or at the top.
pub async fn count(read: &Reader, parent: Option<CategoryId>) -> Result<u64, Fault> {
    Ok(siblings(parent).count(read).await?)
}

/// The categories right below each of `parents`, in their order; at most `limit` for all.
pub async fn children(
    read: &Reader,
    parents: &[CategoryId],
    limit: u64,
) -> Result<HashMap<CategoryId, Vec<Model>>, Fault> {
    let rows = Entity::find()
        .filter(Column::ParentId.is_in(keys(parents.iter().copied())))
        .order_by_asc(Column::ParentId)
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .limit(limit);
    let mut below: HashMap<CategoryId, Vec<Model>> = HashMap::new();
    for row in rows.all(read).await? {
        if let Some(parent) = row.parent_id {
            below.entry(parent).or_default().push(row);
        }
    }
    Ok(below)
}

/// The place behind the last category right below `parent`, or at the top.
pub async fn next_position(read: &Reader, parent: Option<CategoryId>) -> Result<i64, Fault> {
    let last = siblings(parent)
        .order_by_desc(Column::Position)
        .one(read)
        .await?;
    Ok(last.map_or(1, |row| row.position + 1))
}

/// How many products a category has itself.
pub async fn products_in(read: &Reader, id: CategoryId) -> Result<u64, Fault> {
    Ok(products::Entity::find()
        .filter(products::Column::CategoryId.eq(id))
        .count(read)
        .await?)
}

/// Locks categories in the order of their ids.
pub async fn lock(w: &Write, ids: &[CategoryId]) -> Result<HashMap<CategoryId, Model>, Fault> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(keys(ids.iter().copied())))
        .order_by_asc(Column::Id)
        .lock(LockType::Update)
        .all(w.read())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Whether these categories exist, and will until the end of the transaction.
pub async fn pin(w: &Write, ids: &[CategoryId]) -> Result<Vec<CategoryId>, Fault> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(keys(ids.iter().copied())))
        .order_by_asc(Column::Id)
        .lock(LockType::KeyShare)
        .all(w.read())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Inserts a category, without its paths.
pub async fn add(w: &Write, row: Model) -> Result<(), Stop> {
    insert_all(w, vec![row], None).await?;
    Ok(())
}

/// Writes all that a category says of itself, if it still has the version it was read at.
pub async fn change(w: &Write, row: &Model) -> Result<(), Stop> {
    let done = Entity::update_many()
        .col_expr(Column::ParentId, Expr::value(row.parent_id))
        .col_expr(Column::Slug, Expr::value(row.slug.clone()))
        .col_expr(Column::Name, Expr::value(row.name.clone()))
        .col_expr(Column::Description, Expr::value(row.description.clone()))
        .col_expr(Column::Position, Expr::value(row.position))
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

/// Deletes a category; its paths go with it.
pub async fn remove(w: &Write, id: CategoryId) -> Result<(), Fault> {
    Entity::delete_by_id(id).exec(w).await?;
    Ok(())
}

fn siblings(parent: Option<CategoryId>) -> sea_orm::Select<Entity> {
    match parent {
        Some(parent) => Entity::find().filter(Column::ParentId.eq(parent)),
        None => Entity::find().filter(Column::ParentId.is_null()),
    }
}

fn edge(page: &Page) -> Option<(i64, CategoryId)> {
    match page.edge.as_deref() {
        Some([position, id]) => Some((position.parse().ok()?, id.parse().ok()?)),
        Some(_) | None => None,
    }
}
