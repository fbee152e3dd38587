//! Audit: what was done, by whom, from and to which state, why, on whose approval.
//!
//! Entries of one aggregate form a hash chain; triggers forbid changing or removing them. They
//! hold references and names of changed fields, never values of personal fields.

use entity::audit_entries::{ActiveModel, Entity};
use entity::id::{AccountId, AuditEntryId};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::Value;
use uuid::Uuid;

use super::chain::{self, Head, Heads, Link};
use super::session::Write;
use crate::kernel::error::Fault;

/// One act, as the verb tells it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) aggregate: (&'static str, Uuid),
    action: &'static str,
    from: Option<&'static str>,
    to: Option<&'static str>,
    reason: Option<String>,
    approval: Option<Uuid>,
    changes: Value,
}

impl Entry {
    /// `action` (`order.cancel`) was done to the aggregate.
    pub fn new(aggregate: &'static str, id: Uuid, action: &'static str) -> Self {
        Self {
            aggregate: (aggregate, id),
            action,
            from: None,
            to: None,
            reason: None,
            approval: None,
            changes: Value::Object(serde_json::Map::new()),
        }
    }

    /// It moved from one state to another.
    #[must_use]
    pub fn moved(mut self, from: &'static str, to: &'static str) -> Self {
        (self.from, self.to) = (Some(from), Some(to));
        self
    }

    /// It began in this state.
    #[must_use]
    pub fn begun(mut self, to: &'static str) -> Self {
        self.to = Some(to);
        self
    }

    /// Why, in the words of who did it.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// On this approval.
    #[must_use]
    pub fn approved(mut self, approval: Uuid) -> Self {
        self.approval = Some(approval);
        self
    }

    /// What changed: references, figures, names of fields.
    #[must_use]
    pub fn changes(mut self, changes: Value) -> Self {
        self.changes = changes;
        self
    }
}

/// Chains and writes the collected entries; gives the new head of each aggregate.
pub(super) async fn write(w: &mut Write) -> Result<Heads, Fault> {
    let entries = std::mem::take(&mut w.entries);
    if entries.is_empty() {
        return Ok(Heads::new());
    }
    let mut heads = chain::lock(w, entries.iter().map(|entry| entry.aggregate)).await?;
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        let head = heads.entry(entry.aggregate).or_insert_with(Head::genesis);
        let link = link(w, entry, head);
        let hash = link.hash()?;
        *head = Head {
            seq: link.seq,
            hash: hash.clone(),
            known: head.known,
        };
        rows.push(row(w, link, hash));
    }
    Entity::insert_many(rows).exec_without_returning(w).await?;
    chain::advance(w, &heads).await?;
    Ok(heads)
}

fn link(w: &Write, entry: Entry, head: &Head) -> Link {
    let caller = w.caller();
    Link {
        aggregate_type: entry.aggregate.0.to_owned(),
        aggregate_id: entry.aggregate.1,
        seq: head.seq + 1,
        occurred_at: w.now(),
        actor_kind: caller.kind().to_owned(),
        actor_id: caller.account().map(AccountId::uuid),
        auth_method: caller.auth_method().to_owned(),
        action: entry.action.to_owned(),
        from_state: entry.from.map(str::to_owned),
        to_state: entry.to.map(str::to_owned),
        reason: entry.reason,
        request_id: Some(caller.request_id.clone()),
        idempotency_key_hash: w.key_hash.clone(),
        approval_id: entry.approval,
        changes: entry.changes,
        prev_hash: head.hash.clone(),
    }
}

fn row(w: &Write, link: Link, hash: String) -> ActiveModel {
    ActiveModel {
        id: Set(w.id::<AuditEntryId>()),
        aggregate_type: Set(link.aggregate_type),
        aggregate_id: Set(link.aggregate_id),
        seq: Set(link.seq),
        occurred_at: Set(link.occurred_at),
        actor_kind: Set(link.actor_kind),
        actor_id: Set(link.actor_id),
        on_behalf_of: Set(None),
        auth_method: Set(link.auth_method),
        action: Set(link.action),
        from_state: Set(link.from_state),
        to_state: Set(link.to_state),
        reason: Set(link.reason),
        request_id: Set(link.request_id),
        idempotency_key_hash: Set(link.idempotency_key_hash),
        approval_id: Set(link.approval_id),
        changes: Set(link.changes),
        prev_hash: Set(link.prev_hash),
        entry_hash: Set(hash),
    }
}
