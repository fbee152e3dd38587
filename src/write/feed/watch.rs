//! [`Watch`]: waits for events about a few things.

use std::sync::Arc;

use tokio::sync::mpsc;
use uuid::Uuid;

use super::{Committed, Feed};

/// Who watched took too little too late, or the relay lost its place: events were missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lagged;

/// Waits for events; see [`Feed::watch`].
pub struct Watch {
    feed: Feed,
    about: Vec<Uuid>,
    pub(super) receiver: mpsc::Receiver<Arc<Committed>>,
}

impl Watch {
    pub(super) fn new(
        feed: Feed,
        about: Vec<Uuid>,
        receiver: mpsc::Receiver<Arc<Committed>>,
    ) -> Self {
        Self {
            feed,
            about,
            receiver,
        }
    }

    /// The next event, once there is one.
    pub async fn next(&mut self) -> Result<Arc<Committed>, Lagged> {
        self.receiver.recv().await.ok_or(Lagged)
    }

    /// Takes what else is there already; whoever reads afterwards has seen it.
    pub fn skip(&mut self) -> Result<(), Lagged> {
        loop {
            match self.receiver.try_recv() {
                Ok(_) => {}
                Err(mpsc::error::TryRecvError::Empty) => return Ok(()),
                Err(mpsc::error::TryRecvError::Disconnected) => return Err(Lagged),
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.receiver.close();
        self.feed.forget(&self.about);
    }
}
