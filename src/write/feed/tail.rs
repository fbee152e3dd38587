//! How far a relay has read.
//!
//! SQLite has one writer, so the rows of the outbox are numbered in the order of their commits.
//! PostgreSQL has no such number: a later transaction may commit earlier. There the place is a
//! snapshot; what is visible in the next one and was not in this one is new. So nothing that
//! commits late is skipped, and nobody waits for a transaction that takes long.

use super::snapshot::Snapshot;

/// How far a relay has read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    /// Up to this row.
    Row(i64),
    /// What had been committed then.
    Snapshot(Snapshot),
}

impl Tail {
    /// Everything up to this position has been read.
    pub fn position(&self) -> i64 {
        match self {
            Self::Row(row) => *row,
            Self::Snapshot(snapshot) => snapshot.from - 1,
        }
    }

    /// Whether what was committed at `position` has been read.
    pub fn has_passed(&self, position: i64) -> bool {
        match self {
            Self::Row(row) => position <= *row,
            Self::Snapshot(snapshot) => snapshot.has_seen(position),
        }
    }

    /// Whether the database has gone back behind `self`: another one answers, or an older copy.
    pub fn is_ahead_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Row(mine), Self::Row(its)) => mine > its,
            (Self::Snapshot(mine), Self::Snapshot(its)) => mine.from > its.from,
            (Self::Row(_), Self::Snapshot(_)) | (Self::Snapshot(_), Self::Row(_)) => true,
        }
    }
}
