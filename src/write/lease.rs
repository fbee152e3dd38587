//! The bookkeeping of processes as commands: who works on one, and when it is looked at again.

use chrono::TimeDelta;
use entity::id::ProcessId;
use serde::Serialize;
use serde_json::Value;

use super::command::{Before, Command, Evidence, NothingPrepared};
use super::processes::{self, Lease};
use super::session::Write;
use crate::kernel::clock::Instant;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;

/// Takes over a process that nobody works on; none where somebody does, or it has ended.
#[derive(Debug, Serialize)]
pub struct Claim {
    /// Which process.
    pub process: ProcessId,
    /// For how long.
    #[serde(skip)]
    pub lasts: TimeDelta,
}

impl Command for Claim {
    const NAME: &'static str = "process.claim";
    const PERMISSION: Permission = Permission::SystemJob;
    const EVIDENCE: Evidence = Evidence::Bookkeeping;
    type Prepared = NothingPrepared;
    type Output = Option<Lease>;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<Option<Lease>, Stop> {
        Ok(processes::claim(w, self.process, self.lasts).await?)
    }
}

/// Puts a process down until a later time; false where the lease was lost.
#[derive(Debug, Serialize)]
pub struct Park {
    /// The right to do so.
    pub lease: Lease,
    /// The step that is known to be done.
    pub point: &'static str,
    /// When to look at it again, in real time.
    pub next: Instant,
}

impl Command for Park {
    const NAME: &'static str = "process.park";
    const PERMISSION: Permission = Permission::SystemJob;
    const EVIDENCE: Evidence = Evidence::Bookkeeping;
    type Prepared = NothingPrepared;
    type Output = bool;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<bool, Stop> {
        Ok(processes::park(w, self.lease, self.point, self.next).await?)
    }
}

/// Ends a process for which nothing is left to do; false where the lease was lost.
#[derive(Debug, Serialize)]
pub struct Finish {
    /// The right to do so.
    pub lease: Lease,
    /// What it ended with: ids and codes.
    pub outcome: Value,
}

impl Command for Finish {
    const NAME: &'static str = "process.finish";
    const PERMISSION: Permission = Permission::SystemJob;
    const EVIDENCE: Evidence = Evidence::Bookkeeping;
    type Prepared = NothingPrepared;
    type Output = bool;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<bool, Stop> {
        Ok(processes::finish(w, self.lease, self.outcome.clone()).await?)
    }
}
