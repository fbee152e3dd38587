//! What a verb says about itself, and how it runs.

use std::future::Future;

use rand::TryRngCore;
use rand::rngs::OsRng;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::session::Write;
use crate::db::Reader;
use crate::kernel::caller::Caller;
use crate::kernel::clock::Instant;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::permission::Permission;
use crate::kernel::secret::SecretKey;

/// What a verb must leave behind when it changed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// At least one audit entry.
    Audited,
    /// Nothing: leases, cursors, rule sync.
    Bookkeeping,
}

/// Whether a verb wants an idempotency key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyRule {
    /// It moves money, stock or an order: without a key it is refused.
    Demanded,
    /// One may be given.
    Optional,
    /// One means nothing: a repeat does no harm, or its answer must not be kept.
    Ignored,
}

/// For verbs that prepare nothing.
pub type NothingPrepared = ();

/// What a verb may look at before the transaction begins.
#[derive(Clone, Debug)]
pub struct Before {
    /// Reads committed rows.
    pub read: Reader,
    /// Who asks.
    pub caller: Caller,
    /// The time of business.
    pub now: Instant,
    /// The time of the wall.
    pub real: Instant,
    /// The key of the installation.
    pub secret: SecretKey,
}

impl Before {
    /// Bytes that nobody can guess, for salts and keys; from the operating system.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], Fault> {
        let mut bytes = [0; N];
        OsRng
            .try_fill_bytes(&mut bytes)
            .map_err(|error| Fault::Internal(Box::new(error)))?;
        Ok(bytes)
    }
}

/// A verb with its input. Its serialized form is the fingerprint that an idempotency key is
/// bound to; its output is stored for replays and holds ids and codes, never personal data.
pub trait Command: Serialize + Send + Sync + 'static {
    /// Stable name, `noun.verb`.
    const NAME: &'static str;
    /// Who may.
    const PERMISSION: Permission;
    /// What it leaves behind.
    const EVIDENCE: Evidence = Evidence::Audited;
    /// Whether it wants an idempotency key.
    const KEY: KeyRule = KeyRule::Optional;
    /// Whether a dry run may try it; verbs that mint secrets say no.
    const DRY_RUN: bool = true;
    /// What [`Command::prepare`] hands to [`Command::run`].
    type Prepared: Send + Sync + 'static;
    /// Ids and codes of what was done.
    type Output: Serialize + DeserializeOwned + Send + 'static;

    /// Does what is slow and needs no lock, outside any transaction.
    fn prepare(&self, before: &Before)
    -> impl Future<Output = Result<Self::Prepared, Stop>> + Send;

    /// Locks, re-checks, gathers facts, decides purely, writes. [`Stop::Stale`] prepares again.
    fn run(
        &self,
        prepared: &Self::Prepared,
        w: &mut Write,
    ) -> impl Future<Output = Result<Self::Output, Stop>> + Send;
}
