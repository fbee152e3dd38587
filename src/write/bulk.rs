//! Many rows in few statements, within what an engine binds to one.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable, ModelTrait};

use super::session::Write;
use crate::db::portable::is_unique_violation;
use crate::kernel::error::Stop;

/// SQLite binds 32,766 values to a statement, PostgreSQL 65,535.
const VALUES: usize = 32_000;

type Active<M> = <<M as ModelTrait>::Entity as EntityTrait>::ActiveModel;

/// Inserts the rows; with `on_conflict`, changes those that are there. No rows are no statement.
///
/// A verb looks whether a unique value is free before it writes. Where somebody else was faster,
/// this answers [`Stop::Stale`]: the verb runs again, and finds the value taken.
pub async fn insert_all<M>(
    w: &Write,
    rows: Vec<M>,
    on_conflict: Option<OnConflict>,
) -> Result<u64, Stop>
where
    M: ModelTrait + IntoActiveModel<Active<M>>,
    Active<M>: Send,
{
    let columns = <M::Entity as EntityTrait>::Column::iter().count().max(1);
    let size = (VALUES / columns).max(1);
    let mut rows = rows.into_iter().peekable();
    let mut written = 0;
    while rows.peek().is_some() {
        let chunk: Vec<Active<M>> = rows
            .by_ref()
            .take(size)
            .map(|row| row.into_active_model().reset_all())
            .collect();
        let mut insert = M::Entity::insert_many(chunk);
        if let Some(on_conflict) = &on_conflict {
            insert = insert.on_conflict(on_conflict.clone());
        }
        written += match insert.exec_without_returning(w).await {
            Ok(rows) => rows,
            Err(error) if is_unique_violation(&error) => return Err(Stop::Stale),
            Err(error) => return Err(error.into()),
        };
    }
    Ok(written)
}
