//! The tree of categories: `category_paths`, every pair of an upper and a lower one.

use std::collections::{BTreeSet, HashMap};

use entity::categories;
use entity::category_paths::{Column, Entity, Model};
use entity::id::CategoryId;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::{Fault, Stop};
use crate::write::{Write, insert_all};

/// The ways from categories up to the top, themselves first.
pub async fn above(
    read: &Reader,
    ids: &[CategoryId],
) -> Result<HashMap<CategoryId, Vec<CategoryId>>, Fault> {
    let rows = Entity::find()
        .filter(Column::DescendantId.is_in(keys(ids.iter().copied())))
        .order_by_asc(Column::DescendantId)
        .order_by_asc(Column::Distance);
    let mut ways: HashMap<CategoryId, Vec<CategoryId>> = HashMap::new();
    for row in rows.all(read).await? {
        ways.entry(row.descendant_id)
            .or_default()
            .push(row.ancestor_id);
    }
    Ok(ways)
}

/// A category and all below it, with their distance to it.
pub async fn below(read: &Reader, id: CategoryId) -> Result<Vec<(CategoryId, i64)>, Fault> {
    let rows = Entity::find()
        .filter(Column::AncestorId.eq(id))
        .order_by_asc(Column::DescendantId);
    Ok(rows
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.descendant_id, row.distance))
        .collect())
}

/// Locks categories with all above them, and, of `moved`, all below it, in the order of their ids;
/// prepares again where the tree has changed meanwhile.
pub async fn lock(
    w: &Write,
    ids: &[CategoryId],
    moved: Option<CategoryId>,
) -> Result<HashMap<CategoryId, categories::Model>, Stop> {
    let family = family(w.read(), ids, moved).await?;
    let wanted: Vec<CategoryId> = family.iter().copied().collect();
    let locked = super::categories::lock(w, &wanted).await?;
    if self::family(w.read(), ids, moved).await? != family {
        return Err(Stop::Stale);
    }
    Ok(locked)
}

async fn family(
    read: &Reader,
    ids: &[CategoryId],
    moved: Option<CategoryId>,
) -> Result<BTreeSet<CategoryId>, Fault> {
    let mut family: BTreeSet<CategoryId> =
        above(read, ids).await?.into_values().flatten().collect();
    if let Some(moved) = moved {
        family.extend(below(read, moved).await?.into_iter().map(|(id, _)| id));
    }
    Ok(family)
}

/// Adds a category below `way`, the way from its parent to the top.
pub async fn plant(w: &Write, id: CategoryId, way: &[CategoryId]) -> Result<(), Stop> {
    let paths = (0_i64..)
        .zip(std::iter::once(&id).chain(way))
        .map(|(distance, upper)| Model {
            ancestor_id: *upper,
            descendant_id: id,
            distance,
        });
    insert_all(w, paths.collect(), None).await?;
    Ok(())
}

/// Hangs `subtree` (with the distances to its top `moved`) from `old` to `new`, the ways from the
/// old and the new parent to the top, and shifts its depth.
pub async fn hang(
    w: &Write,
    subtree: &[(CategoryId, i64)],
    old: &[CategoryId],
    new: &[CategoryId],
) -> Result<(), Stop> {
    let Some((moved, _)) = subtree.iter().find(|(_, distance)| *distance == 0) else {
        return Ok(());
    };
    if !old.is_empty() {
        Entity::delete_many()
            .filter(Column::AncestorId.is_in(keys(old.iter().copied())))
            .filter(Column::DescendantId.in_subquery(all_below(*moved)))
            .exec(w)
            .await?;
    }
    let path = |steps: i64, upper: CategoryId, (lower, distance): (CategoryId, i64)| Model {
        ancestor_id: upper,
        descendant_id: lower,
        distance: distance + steps,
    };
    let paths = (1_i64..)
        .zip(new)
        .flat_map(|(steps, upper)| subtree.iter().map(move |lower| path(steps, *upper, *lower)));
    insert_all(w, paths.collect(), None).await?;
    shift(w, *moved, level(new) - level(old)).await?;
    Ok(())
}

async fn shift(w: &Write, moved: CategoryId, levels: i64) -> Result<(), Fault> {
    use categories::Column;
    if levels != 0 {
        categories::Entity::update_many()
            .col_expr(Column::Depth, Expr::col(Column::Depth).add(levels))
            .filter(Column::Id.in_subquery(all_below(moved)))
            .exec(w)
            .await?;
    }
    Ok(())
}

fn level(way: &[CategoryId]) -> i64 {
    i64::try_from(way.len()).unwrap_or(i64::MAX)
}

fn all_below(id: CategoryId) -> sea_orm::sea_query::SelectStatement {
    Query::select()
        .column(Column::DescendantId)
        .from(Entity)
        .and_where(Column::AncestorId.eq(id))
        .to_owned()
}
