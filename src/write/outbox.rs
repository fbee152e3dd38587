//! Events: rows written with the change they tell of.

use std::collections::HashMap;

use entity::id::EventId;
use entity::outbox_events::{Column, Entity};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SubQueryStatement};
use sea_orm::{ConnectionTrait, IdenStatic};
use serde_json::Value;
use uuid::Uuid;

use super::chain::Heads;
use super::session::Write;
use crate::kernel::error::Fault;

/// Something that has happened. Its data holds references, never personal data.
#[derive(Clone, Debug)]
pub struct Event {
    aggregate: (&'static str, Uuid),
    event_type: &'static str,
    data: Value,
}

impl Event {
    /// `event_type` (`order.cancelled`) happened to the aggregate.
    pub fn new(aggregate: &'static str, id: Uuid, event_type: &'static str, data: Value) -> Self {
        Self {
            aggregate: (aggregate, id),
            event_type,
            data,
        }
    }
}

/// What is set of a row; the rest is the database's.
const COLUMNS: [Column; 9] = [
    Column::Id,
    Column::AggregateType,
    Column::AggregateId,
    Column::Seq,
    Column::EventType,
    Column::SchemaVersion,
    Column::OccurredAt,
    Column::Data,
    Column::AuditHash,
];

/// Writes the collected events, each with the hash of the last audit entry of its aggregate. The
/// events of an aggregate are numbered from 1 without a gap: its history is locked by now.
pub(super) async fn write(w: &mut Write, heads: &Heads) -> Result<(), Fault> {
    let events = std::mem::take(&mut w.events);
    if events.is_empty() {
        return Ok(());
    }
    let mut counts: HashMap<(&'static str, Uuid), i64> = HashMap::new();
    let mut insert = Query::insert();
    insert.into_table(Entity).columns(COLUMNS);
    for event in events {
        let head = heads.get(&event.aggregate);
        let count = counts.entry(event.aggregate).or_default();
        *count += 1;
        let (kind, about) = event.aggregate;
        let seq = match head {
            // It has just begun.
            Some(head) if !head.known => Expr::value(*count),
            Some(_) | None => last(kind, about).add(*count),
        };
        let id = w.id::<EventId>();
        w.told.push(id.uuid());
        insert.values_panic([
            Expr::value(id),
            Expr::value(kind),
            Expr::value(about),
            seq,
            Expr::value(event.event_type),
            Expr::value(1),
            Expr::value(w.now()),
            Expr::value(event.data),
            Expr::value(head.map(|head| head.hash.clone()).unwrap_or_default()),
        ]);
    }
    // The position tells who reads elsewhere how far to wait; it comes back with the insert.
    insert.returning_col(Column::Position);
    for row in w.query_all(&insert).await? {
        let position: i64 = row.try_get("", Column::Position.as_str())?;
        w.position = Some(
            w.position
                .map_or(position, |known| Ord::max(known, position)),
        );
    }
    Ok(())
}

/// The number of the last event of the aggregate; 0 where it has none.
fn last(kind: &str, about: Uuid) -> Expr {
    let mut select = Query::select();
    select
        .expr(Func::coalesce([Expr::col(Column::Seq).max(), 0.into()]))
        .from(Entity)
        .and_where(Expr::col(Column::AggregateId).eq(about))
        .and_where(Expr::col(Column::AggregateType).eq(kind));
    Expr::from(SubQueryStatement::from(select))
}
