//! What must be true of the evidence: the chains of the audit trail hold, their heads are their
//! last entries, events point to entries, and no process has been left lying.
//!
//! It proves that nothing in the database was changed, dropped or put in between. Whoever can
//! rewrite a whole chain with its head is not found out here; consumers of the outbox hold the
//! hashes that such a change would have to meet.

use chrono::TimeDelta;
use entity::audit_entries::{Column, Entity, Model};
use entity::processes;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

use super::chain::{Link, verify};
use crate::db::Reader;
use crate::kernel::clock::Instant;
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

/// Entries read at once.
const PAGE: u64 = 1_000;
/// Offenders named of each rule.
const NAMED_MAX: u64 = 100;
/// How long a process may be due before somebody should look.
const OVERDUE: TimeDelta = TimeDelta::minutes(10);

/// Heads that are not the last entry of their chain.
const HEADS: &str = "
    SELECT head.aggregate_type, head.aggregate_id, head.last_seq AS seq
    FROM audit_heads AS head
    LEFT JOIN audit_entries AS entry
        ON entry.aggregate_type = head.aggregate_type
        AND entry.aggregate_id = head.aggregate_id AND entry.seq = head.last_seq
    WHERE entry.entry_hash IS NULL OR entry.entry_hash <> head.last_hash
    LIMIT 100";

/// Entries beyond their head, or without one.
const BEYOND: &str = "
    SELECT entry.aggregate_type, entry.aggregate_id, entry.seq
    FROM audit_entries AS entry
    LEFT JOIN audit_heads AS head
        ON head.aggregate_type = entry.aggregate_type
        AND head.aggregate_id = entry.aggregate_id
    WHERE head.last_seq IS NULL OR entry.seq > head.last_seq
    LIMIT 100";

/// Events that name an entry which is not there.
const EVENTS: &str = "
    SELECT event.aggregate_type, event.aggregate_id, event.seq
    FROM outbox_events AS event
    LEFT JOIN audit_entries AS entry
        ON entry.aggregate_type = event.aggregate_type
        AND entry.aggregate_id = event.aggregate_id AND entry.entry_hash = event.audit_hash
    WHERE entry.entry_hash IS NULL
    LIMIT 100";

const RULES: &[(&str, &str, &str)] = &[
    (
        "audit.head_is_the_last_entry",
        HEADS,
        "the head says otherwise",
    ),
    (
        "audit.entry_has_a_head",
        BEYOND,
        "no head leads to this entry",
    ),
    (
        "outbox.event_has_its_entry",
        EVENTS,
        "its audit entry is another or none",
    ),
];

#[derive(FromQueryResult)]
struct Place {
    aggregate_type: String,
    aggregate_id: Uuid,
    seq: i64,
}

/// How many entries there are to walk over.
pub async fn entries(read: &Reader) -> Result<u64, Fault> {
    Ok(Entity::find().count(read).await?)
}

/// A walk along all chains, a page at a time.
#[derive(Debug, Default)]
pub struct Walk {
    before: Option<Model>,
    broken: u64,
}

/// What a page of the walk came to.
#[derive(Debug)]
pub struct Walked {
    /// Entries looked at.
    pub entries: u64,
    /// Those whose hash or place does not hold.
    pub findings: Vec<Finding>,
}

impl Walk {
    /// Verifies the next page; nothing when all entries have been seen.
    pub async fn next(&mut self, read: &Reader) -> Result<Option<Walked>, Fault> {
        let page = self.page(read).await?;
        if page.is_empty() {
            return Ok(None);
        }
        let mut walked = Walked {
            entries: 0,
            findings: Vec::new(),
        };
        for entry in page {
            walked.entries += 1;
            if !self.follows(&entry)? {
                self.broken += 1;
                if self.broken <= NAMED_MAX {
                    let says = format!("entry {} was changed, moved or put in", entry.seq);
                    let id = name(&entry.aggregate_type, entry.aggregate_id);
                    walked
                        .findings
                        .push(Finding::new("audit.chain_holds", id, says));
                }
            }
            self.before = Some(entry);
        }
        Ok(Some(walked))
    }

    async fn page(&self, read: &Reader) -> Result<Vec<Model>, Fault> {
        let mut query = Entity::find()
            .order_by_asc(Column::AggregateType)
            .order_by_asc(Column::AggregateId)
            .order_by_asc(Column::Seq)
            .limit(PAGE);
        if let Some(last) = &self.before {
            let same_type = Column::AggregateType.eq(last.aggregate_type.as_str());
            let same_id = Column::AggregateId.eq(last.aggregate_id);
            query = query.filter(
                Condition::any()
                    .add(Column::AggregateType.gt(last.aggregate_type.as_str()))
                    .add(
                        Condition::all()
                            .add(same_type.clone())
                            .add(Column::AggregateId.gt(last.aggregate_id)),
                    )
                    .add(
                        Condition::all()
                            .add(same_type)
                            .add(same_id)
                            .add(Column::Seq.gt(last.seq)),
                    ),
            );
        }
        Ok(query.all(read).await?)
    }

    fn follows(&self, entry: &Model) -> Result<bool, Fault> {
        let before = self.before.as_ref().filter(|before| {
            before.aggregate_type == entry.aggregate_type
                && before.aggregate_id == entry.aggregate_id
        });
        let before = before.map(|before| (before.seq, before.entry_hash.as_str()));
        verify(&link(entry), &entry.entry_hash, before)
    }
}

/// Heads, entries and events that do not belong together.
pub async fn heads(read: &Reader) -> Result<Vec<Finding>, Fault> {
    let mut findings = Vec::new();
    for (rule, sql, says) in RULES {
        let statement = Statement::from_string(read.get_database_backend(), *sql);
        for place in Place::find_by_statement(statement).all(read).await? {
            let id = name(&place.aggregate_type, place.aggregate_id);
            findings.push(Finding::new(
                rule,
                id,
                format!("entry {}: {says}", place.seq),
            ));
        }
    }
    Ok(findings)
}

/// Processes that have been due for long.
pub async fn processes(read: &Reader, real: Instant) -> Result<Vec<Finding>, Fault> {
    use processes::{Column, Entity, State};
    let late = real - OVERDUE;
    let running = Column::State
        .eq(State::Running)
        .and(Column::LeaseUntil.lt(late));
    let waiting = Column::State
        .eq(State::Waiting)
        .and(Column::NextCheckAt.lt(late));
    let rows = Entity::find()
        .filter(Condition::any().add(running).add(waiting))
        .order_by_asc(Column::Id)
        .limit(NAMED_MAX)
        .all(read)
        .await?;
    let finding = |row: processes::Model| {
        let (kind, point) = (row.kind, row.recovery_point);
        let says = format!("{kind} stands at {point} and nobody takes it up: does a server run?");
        Finding::new("process.nobody_is_stuck", row.id, says)
    };
    Ok(rows.into_iter().map(finding).collect())
}

fn link(entry: &Model) -> Link {
    Link {
        aggregate_type: entry.aggregate_type.clone(),
        aggregate_id: entry.aggregate_id,
        seq: entry.seq,
        occurred_at: entry.occurred_at,
        actor_kind: entry.actor_kind.clone(),
        actor_id: entry.actor_id,
        auth_method: entry.auth_method.clone(),
        action: entry.action.clone(),
        from_state: entry.from_state.clone(),
        to_state: entry.to_state.clone(),
        reason: entry.reason.clone(),
        request_id: entry.request_id.clone(),
        idempotency_key_hash: entry.idempotency_key_hash.clone(),
        approval_id: entry.approval_id,
        changes: entry.changes.clone(),
        prev_hash: entry.prev_hash.clone(),
    }
}

fn name(aggregate: &str, id: Uuid) -> String {
    format!("{aggregate}:{id}")
}
