//! The SQL of an order's history: the audit entries of the order and of what belongs to it.

use entity::audit_entries::{Column, Entity, Model};
use entity::id::AuditEntryId;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::Reader;
use crate::domain::order::timeline::{PUBLIC, Viewer};
use crate::kernel::error::{Code, Refused, Stop};
use crate::kernel::page::{Cut, Page};

/// One page of what happened to these aggregates (`("order", id)`), oldest first.
pub async fn page(
    read: &Reader,
    of: &[(&str, Uuid)],
    viewer: Viewer,
    page: &Page,
) -> Result<Cut<Model>, Stop> {
    let mut any = Condition::any();
    for (kind, id) in of {
        let same = Condition::all()
            .add(Column::AggregateType.eq(*kind))
            .add(Column::AggregateId.eq(*id));
        any = any.add(same);
    }
    let mut query = Entity::find().filter(any).limit(page.probe());
    query = match viewer {
        Viewer::Auditor => query,
        Viewer::Buyer => query.filter(Column::Action.is_in(PUBLIC.iter().copied())),
    };
    if let Some(edge) = &page.edge {
        let id = opened(edge)?;
        query = query.filter(if page.backward {
            Column::Id.lt(id)
        } else {
            Column::Id.gt(id)
        });
    }
    let query = if page.backward {
        query.order_by_desc(Column::Id)
    } else {
        query.order_by_asc(Column::Id)
    };
    Ok(page.cut(query.all(read).await?))
}

/// The sort key of an entry, for its cursor.
pub fn key(entry: &Model) -> Vec<String> {
    vec![entry.id.to_string()]
}

fn opened(edge: &[String]) -> Result<AuditEntryId, Refused> {
    let foreign = || {
        Refused::new(
            Code::InvalidCursor,
            "The cursor does not belong to this list.",
        )
    };
    let [id] = edge else {
        return Err(foreign());
    };
    id.parse().map_err(|_| foreign())
}
