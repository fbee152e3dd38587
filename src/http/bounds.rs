//! [`Bounds`]: what a client may take of us before it has asked for anything.

use std::time::Duration;

/// Bounds of connections, bodies and requests.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// Connections that are open at once; more wait to be accepted.
    pub connections: usize,
    /// Operations that run at once; more wait for their turn.
    pub running: usize,
    /// The first headers of a connection arrive within this.
    pub headers: Duration,
    /// A connection may rest so long between two requests, the next headers included.
    pub idle: Duration,
    /// A body arrives within this, whole.
    pub body: Duration,
    /// The largest body.
    pub body_bytes: usize,
    /// The client takes some of an answer within this.
    pub write: Duration,
    /// Time for one request, its turn included.
    pub request: Duration,
    /// Time for what is running, once we are told to stop.
    pub stop: Duration,
    /// Origins whose pages may call from a browser; `*` for all.
    pub origins: Vec<String>,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 16_384,
            running: 256,
            headers: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            body: Duration::from_secs(10),
            body_bytes: 1024 * 1024,
            write: Duration::from_secs(30),
            request: Duration::from_secs(30),
            stop: Duration::from_secs(20),
            origins: Vec::new(),
        }
    }
}
