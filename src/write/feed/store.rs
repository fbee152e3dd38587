//! What the relay asks the database: where the outbox ends, and what has come between two ends.

use entity::id::EventId;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value as Bound};
use serde_json::Value;
use uuid::Uuid;

use super::Committed;
use super::snapshot::Snapshot;
use super::tail::Tail;
use crate::db::Reader;
use crate::kernel::error::Fault;

/// Where a page begins: after this position and id.
pub(super) type Edge = (i64, Uuid);

const COLUMNS: &str = "id, position, aggregate_type, aggregate_id, seq, event_type, data";

#[derive(FromQueryResult)]
struct End {
    place: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: EventId,
    position: i64,
    aggregate_type: String,
    aggregate_id: Uuid,
    seq: i64,
    event_type: String,
    data: Value,
}

impl From<Row> for Committed {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            position: row.position,
            aggregate_type: row.aggregate_type,
            aggregate_id: row.aggregate_id,
            seq: row.seq,
            event_type: row.event_type,
            data: row.data,
        }
    }
}

/// Where the outbox ends now.
pub(super) async fn end(read: &Reader) -> Result<Tail, Fault> {
    let engine = read.get_database_backend();
    let sql = match engine {
        DbBackend::Sqlite => {
            "SELECT CAST(COALESCE(MAX(position), 0) AS TEXT) AS place FROM outbox_events"
        }
        _ => "SELECT pg_current_snapshot()::text AS place",
    };
    let statement = Statement::from_string(engine, sql);
    let end = End::find_by_statement(statement).one(read).await?;
    let place = end.map(|end| end.place).unwrap_or_default();
    let odd = || Fault::bug(format!("no place in the outbox: {place}"));
    match engine {
        DbBackend::Sqlite => place.parse().map(Tail::Row).map_err(|_| odd()),
        _ => place.parse().map(Tail::Snapshot).map_err(|()| odd()),
    }
}

/// What was committed after `from` and not after `to`, in the order of the outbox, beyond `edge`.
pub(super) async fn page(
    read: &Reader,
    (from, to): (&Tail, &Tail),
    edge: Edge,
    limit: usize,
) -> Result<Vec<Committed>, Fault> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let (sql, mut values) = match (from, to) {
        (Tail::Row(from), Tail::Row(to)) => rows(*from, *to, edge),
        (Tail::Snapshot(from), Tail::Snapshot(to)) => transactions(from, to, edge),
        (Tail::Row(_), Tail::Snapshot(_)) | (Tail::Snapshot(_), Tail::Row(_)) => {
            return Err(Fault::bug("two places of different databases"));
        }
    };
    values.push(limit.into());
    let place = values.len();
    let sql = format!("{sql} ORDER BY position, id LIMIT ${place}");
    found(read, sql, values).await
}

/// What of the same is about these aggregates. Never anything on SQLite, where rows stand in the
/// order of their commits.
pub(super) async fn behind(
    read: &Reader,
    (from, to): (&Tail, &Tail),
    edge: Edge,
    aggregates: &[Uuid],
) -> Result<Vec<Committed>, Fault> {
    let (Tail::Snapshot(from), Tail::Snapshot(to)) = (from, to) else {
        return Ok(Vec::new());
    };
    let (sql, mut values) = transactions(from, to, edge);
    let all: Vec<String> = aggregates.iter().map(Uuid::to_string).collect();
    values.push(all.join(",").into());
    let place = values.len();
    let among = format!("aggregate_id = ANY(string_to_array(${place}, ',')::uuid[])");
    let sql = format!("{sql} AND {among} ORDER BY position, id");
    found(read, sql, values).await
}

async fn found(read: &Reader, sql: String, values: Vec<Bound>) -> Result<Vec<Committed>, Fault> {
    let statement = Statement::from_sql_and_values(read.get_database_backend(), sql, values);
    let rows = Row::find_by_statement(statement).all(read).await?;
    Ok(rows.into_iter().map(Committed::from).collect())
}

fn rows(from: i64, to: i64, edge: Edge) -> (String, Vec<Bound>) {
    let sql = format!("SELECT {COLUMNS} FROM outbox_events WHERE position > $1 AND position <= $2");
    (sql, vec![from.max(edge.0).into(), to.into()])
}

/// Two stretches of the key's index: what had not begun, and the few that were running. Of both
/// together, or of pairs beyond the edge, PostgreSQL would read the index from its beginning.
fn transactions(from: &Snapshot, to: &Snapshot, edge: Edge) -> (String, Vec<Bound>) {
    let list = |place: u8| format!("string_to_array(${place}, ',')::bigint[]");
    let part = |which: String| {
        format!(
            "SELECT {COLUMNS} FROM outbox_events
             WHERE {which} AND position < $3 AND position <> ALL({still})
               AND (position > $5 OR id > $6)",
            still = list(4),
        )
    };
    let begun = part("position >= greatest($1, $5)".to_owned());
    let running = part(format!("position = ANY({}) AND position >= $5", list(2)));
    let sql = format!("SELECT * FROM ({begun} UNION ALL {running}) AS news WHERE TRUE");
    let values = vec![
        from.until.into(),
        from.running_text().into(),
        to.until.into(),
        to.running_text().into(),
        edge.0.into(),
        edge.1.into(),
    ];
    (sql, values)
}
