//! Loops with names and a stop signal; each calls a process or a command, none knows a rule.
//!
//! Every node runs all of them: leases and guarded statements decide who does what; the relay follows
//! the outbox for its own process. Deliberately
//! absent: SQL, and anything that must not wait for a loop.

mod clock;
mod keys;
mod relay;
mod sweep;

use std::sync::Arc;

use chrono::TimeDelta;
use tokio::sync::mpsc::Receiver;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::domain::access::Access;
use crate::domain::payment::port::Notice;
use crate::process::{House, completer, provider_event};
use crate::write::wall::WallClock;

/// What only a sandbox has.
pub struct Sandbox {
    /// Its clock.
    pub clock: Arc<WallClock>,
    /// Its provider's name, and what that one reports.
    pub notices: (&'static str, Receiver<Notice>),
}

/// Starts all loops; they end when `stop` says so.
pub fn start(
    house: &House,
    access: &Access,
    sandbox: Option<Sandbox>,
    stop: &CancellationToken,
) -> JoinSet<()> {
    let mut loops = JoinSet::new();
    loops.spawn(completer::run(house.clone(), stop.clone()));
    loops.spawn(relay::run(house.clone(), stop.clone()));
    loops.spawn(sweep::run(house.clone(), stop.clone()));
    loops.spawn(keys::run(house.clone(), access.clone(), stop.clone()));
    if let Some(Sandbox { clock, notices }) = sandbox {
        loops.spawn(clock::run(house.clone(), clock, stop.clone()));
        let (provider, notices) = notices;
        let listen = provider_event::listen(house.clone(), provider, notices);
        let stop = stop.clone();
        loops.spawn(async move {
            tokio::select! {
                () = listen => {}
                () = stop.cancelled() => {}
            }
        });
    }
    loops
}

/// How often a loop that found nothing looks again.
const IDLE: TimeDelta = TimeDelta::seconds(2);

async fn idle(stop: &CancellationToken) {
    let length = IDLE.to_std().unwrap_or_default();
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(length) => {}
    }
}
