//! Events: rows written with the change they tell of.

use entity::id::EventId;
use entity::outbox_events::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, IdenStatic, QueryTrait};
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

/// Writes the collected events, each with the audit position of its aggregate.
pub(super) async fn write(w: &mut Write, heads: &Heads) -> Result<(), Fault> {
    let events = std::mem::take(&mut w.events);
    if events.is_empty() {
        return Ok(());
    }
    let row = |event: Event| {
        let head = heads.get(&event.aggregate);
        ActiveModel {
            id: Set(w.id::<EventId>()),
            aggregate_type: Set(event.aggregate.0.to_owned()),
            aggregate_id: Set(event.aggregate.1),
            seq: Set(head.map_or(0, |head| head.seq)),
            event_type: Set(event.event_type.to_owned()),
            schema_version: Set(1),
            occurred_at: Set(w.now()),
            data: Set(event.data),
            audit_hash: Set(head.map(|head| head.hash.clone()).unwrap_or_default()),
            ..ActiveModel::default()
        }
    };
    let rows: Vec<_> = events.into_iter().map(row).collect();
    let ids = rows.iter().filter_map(|row| row.id.try_as_ref());
    w.told = ids.map(|id| id.uuid()).collect();
    // The position tells who reads elsewhere how far to wait; it comes back with the insert.
    let mut insert = Entity::insert_many(rows).into_query();
    insert.returning_col(Column::Position);
    for row in w.query_all(&insert).await? {
        let position: i64 = row.try_get("", Column::Position.as_str())?;
        w.position = Some(w.position.map_or(position, |known| known.max(position)));
    }
    Ok(())
}
