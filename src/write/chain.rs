//! The hash chain of an aggregate's history, and its head.

use std::collections::BTreeMap;

use chrono::SecondsFormat;
use entity::audit_heads::{ActiveModel, Column, Entity};
use sea_orm::sea_query::{ExprTrait, LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::session::Write;
use crate::kernel::clock::Instant;
use crate::kernel::error::Fault;
use crate::kernel::secret::sha256_hex;

/// Where the chain of an aggregate ends.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub seq: i64,
    pub hash: String,
    pub known: bool,
}

impl Head {
    pub(super) fn genesis() -> Self {
        Self {
            seq: 0,
            hash: String::new(),
            known: false,
        }
    }
}

/// Heads by aggregate, in lock order.
pub(super) type Heads = BTreeMap<(&'static str, Uuid), Head>;

/// The fields of an entry that its hash covers.
#[derive(Clone, Debug)]
pub struct Link {
    /// Kind of the aggregate.
    pub aggregate_type: String,
    /// Which one.
    pub aggregate_id: Uuid,
    /// Position in its history, from 1 without a gap.
    pub seq: i64,
    /// When, in business time.
    pub occurred_at: Instant,
    /// Guest, customer, staff or system.
    pub actor_kind: String,
    /// The account.
    pub actor_id: Option<Uuid>,
    /// How the actor proved who it is.
    pub auth_method: String,
    /// The act.
    pub action: String,
    /// State before.
    pub from_state: Option<String>,
    /// State after.
    pub to_state: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The request.
    pub request_id: Option<String>,
    /// Hash of the idempotency key.
    pub idempotency_key_hash: Option<String>,
    /// The approval it rests on.
    pub approval_id: Option<Uuid>,
    /// What changed.
    pub changes: Value,
    /// Hash of the entry before.
    pub prev_hash: String,
}

impl Link {
    /// SHA-256 over 0x00 and the canonical JSON (RFC 8785) of all fields.
    pub fn hash(&self) -> Result<String, Fault> {
        let fields = json!({
            "aggregateType": self.aggregate_type,
            "aggregateId": self.aggregate_id,
            "seq": self.seq,
            "occurredAt": self.occurred_at.to_rfc3339_opts(SecondsFormat::Micros, true),
            "actorKind": self.actor_kind,
            "actorId": self.actor_id,
            "authMethod": self.auth_method,
            "action": self.action,
            "fromState": self.from_state,
            "toState": self.to_state,
            "reason": self.reason,
            "requestId": self.request_id,
            "idempotencyKeyHash": self.idempotency_key_hash,
            "approvalId": self.approval_id,
            "changes": self.changes,
            "prevHash": self.prev_hash,
        });
        let canonical = serde_json_canonicalizer::to_vec(&fields)
            .map_err(|error| Fault::Internal(Box::new(error)))?;
        let mut bytes = vec![0x00];
        bytes.extend(canonical);
        Ok(sha256_hex(&bytes))
    }
}

/// Whether `link` with its stored hash follows on the entry before (`None` for the first).
pub fn verify(link: &Link, stored: &str, before: Option<(i64, &str)>) -> Result<bool, Fault> {
    let (seq, hash) = before.unwrap_or((0, ""));
    Ok(link.seq == seq + 1 && link.prev_hash == hash && link.hash()? == stored)
}

/// Locks the heads of the aggregates, in order, and reads them.
pub(super) async fn lock(
    w: &Write,
    aggregates: impl Iterator<Item = (&'static str, Uuid)>,
) -> Result<Heads, Fault> {
    let mut heads: Heads = aggregates
        .map(|aggregate| (aggregate, Head::genesis()))
        .collect();
    let mut by_kind: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
    for (kind, id) in heads.keys() {
        by_kind.entry(kind).or_default().push(*id);
    }
    let mut any = Condition::any();
    for (kind, ids) in by_kind {
        any = any.add(
            Column::AggregateType
                .eq(kind)
                .and(Column::AggregateId.is_in(ids)),
        );
    }
    let rows = Entity::find()
        .filter(any)
        .order_by_asc(Column::AggregateType)
        .order_by_asc(Column::AggregateId)
        .lock(LockType::Update)
        .all(w.read())
        .await?;
    for row in rows {
        let found = heads
            .iter_mut()
            .find(|((kind, id), _)| *kind == row.aggregate_type && *id == row.aggregate_id);
        if let Some((_, head)) = found {
            *head = Head {
                seq: row.last_seq,
                hash: row.last_hash,
                known: true,
            };
        }
    }
    Ok(heads)
}

/// Writes the new heads.
pub(super) async fn advance(w: &Write, heads: &Heads) -> Result<(), Fault> {
    let rows = heads.iter().map(|((kind, id), head)| ActiveModel {
        aggregate_type: Set((*kind).to_owned()),
        aggregate_id: Set(*id),
        last_seq: Set(head.seq),
        last_hash: Set(head.hash.clone()),
    });
    let newer = OnConflict::columns([Column::AggregateType, Column::AggregateId])
        .update_columns([Column::LastSeq, Column::LastHash])
        .to_owned();
    Entity::insert_many(rows)
        .on_conflict(newer)
        .exec_without_returning(w)
        .await?;
    Ok(())
}
