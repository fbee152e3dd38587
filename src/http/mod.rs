//! HTTP: from headers and bodies to the graph and back. Knows no rule and no row.
//!
//! Deliberately absent: permissions (the graph and the door decide), anything but axum's types.

mod ask;
mod body;
mod bounds;
mod caller;
mod coding;
mod cors;
mod etag;
mod figures;
mod graphql;
mod health;
mod jwks;
mod listen;
mod live;
mod negotiate;
mod params;
mod playground;
mod request_id;
mod respond;
mod router;
mod site;
mod sse;
mod turn;
mod webhooks;
mod ws;

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Semaphore;

use crate::db::Reader;
use crate::graphql::Api;
use crate::kernel::error::Fault;
use crate::write::wall::WallClock;

use self::body::Taker;
pub use self::bounds::Bounds;
pub use self::figures::figures;
pub use self::health::{Condition, Readiness, Watch};
pub use self::listen::{Seat, listen};
pub use self::live::{Live, Lives};
pub use self::playground::routes as playground;
pub use self::router::router;
pub use self::site::Site;

/// What handlers share; cloned for each of them and each layer of every request.
#[derive(Clone)]
pub struct Front(Arc<Shared>);

/// What stands behind the front.
pub struct Shared {
    /// The graph.
    pub api: Arc<Api>,
    /// The clock, refreshed per request in the sandbox.
    pub clock: Arc<WallClock>,
    /// What probes ask.
    pub watch: Watch,
    /// Whether the sandbox is on.
    pub sandbox: bool,
    /// Sockets and event streams.
    pub live: Arc<Live>,
    /// Bounds of connections, bodies and requests.
    pub bounds: Bounds,
    bodies: Taker,
    turns: Arc<Semaphore>,
    /// Who of those that have news to tell may wait for a turn.
    tellers: Arc<Semaphore>,
    /// Where the generations stood when the clock was read last; 0 before.
    clock_read: AtomicU64,
}

impl Deref for Front {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Front {
    /// The front of a graph.
    pub fn new(
        api: Arc<Api>,
        clock: Arc<WallClock>,
        watch: Watch,
        sandbox: bool,
        live: Live,
        bounds: Bounds,
    ) -> Self {
        Self(Arc::new(Shared {
            api,
            clock,
            watch,
            sandbox,
            live: Arc::new(live),
            bodies: Taker::new(&bounds),
            turns: Arc::new(Semaphore::new(bounds.running)),
            tellers: Arc::new(Semaphore::new((bounds.running / 4).max(1))),
            bounds,
            clock_read: AtomicU64::new(0),
        }))
    }

    /// Reads the clock of the sandbox again, if it may have moved.
    async fn settle_clock(&self, read: &Reader) -> Result<(), Fault> {
        let last = self.clock_read.load(Ordering::Relaxed);
        if last > 0 && self.api.clock_stands(last - 1) {
            return Ok(());
        }
        let (since, may) = (self.api.generation(), self.api.clock_stands(u64::MAX));
        self.clock.refresh(read).await?;
        // Without a relay, a move between now and its start would never be heard of.
        let noted = if may { since + 1 } else { 0 };
        self.clock_read.store(noted, Ordering::Relaxed);
        Ok(())
    }
}
