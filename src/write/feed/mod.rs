//! The feed: what has been committed, handed on inside this process.
//!
//! A [`Relay`] follows the outbox and tells the feed every committed event exactly once, whichever
//! process committed it; the events of one aggregate come in their order. There is no lease: each
//! process follows by itself, from the moment it was started. Two ways to hear of it:
//!
//! - a [`Listener`] is called for every event, before [`Feed::position`] moves past it: whoever
//!   compares a position may rely on all listeners having been told;
//! - a [`Watch`] waits for events about a few things. What it has not taken is bounded: who falls
//!   behind is told so, and hears no more.
//!
//! Deliberately absent: what an event means, and news of before the process was started.

mod relay;
mod snapshot;
mod store;
mod tail;
mod watch;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use entity::id::{self, EventId};
use serde_json::Value;
use tokio::sync::{Notify, mpsc, watch as latest};
use uuid::Uuid;

pub use relay::Relay;
use tail::Tail;
pub use watch::{Lagged, Watch};

/// An event of the outbox, committed.
#[derive(Clone, Debug, PartialEq)]
pub struct Committed {
    /// Names it for ever.
    pub id: EventId,
    /// Where it stands in the outbox: the number of its row (SQLite) or of its transaction
    /// (PostgreSQL), as [`Feed::position`] has it.
    pub position: i64,
    /// The noun it is about, such as `order`.
    pub aggregate_type: String,
    /// Which one.
    pub aggregate_id: Uuid,
    /// Its place in the history of that one.
    pub seq: i64,
    /// What has happened, such as `order.cancelled`.
    pub event_type: String,
    /// References, never personal data.
    pub data: Value,
}

impl Committed {
    /// What the event is about, and what it refers to by id.
    pub fn concerns(&self) -> Vec<Uuid> {
        let mut all = vec![self.aggregate_id];
        let fields = self.data.as_object().into_iter().flatten();
        for (_, value) in fields {
            let named = value.as_str().and_then(id::of_any_type);
            all.extend(named.filter(|named| *named != self.aggregate_id));
        }
        all
    }
}

/// Is called for every event; must be quick, for all others wait.
pub trait Listener: Send + Sync {
    /// This has been committed, here or elsewhere.
    fn committed(&self, event: &Committed);
    /// Events may have been missed: whatever was known may be out of date.
    fn lost(&self);
}

/// Where the relay stands, and since when.
#[derive(Clone, Debug)]
struct Stand {
    tail: Tail,
    at: Instant,
}

/// Hands committed events on. Cheap to clone; one for the whole process.
#[derive(Clone)]
pub struct Feed(Arc<Inner>);

struct Inner {
    listeners: RwLock<Vec<Arc<dyn Listener>>>,
    watches: Mutex<HashMap<Uuid, Vec<mpsc::Sender<Arc<Committed>>>>>,
    stand: latest::Sender<Option<Stand>>,
    news: Notify,
}

impl Default for Feed {
    fn default() -> Self {
        Self(Arc::new(Inner {
            listeners: RwLock::default(),
            watches: Mutex::default(),
            stand: latest::channel(None).0,
            news: Notify::new(),
        }))
    }
}

impl Feed {
    /// From now on the listener is told of every event.
    pub fn listen(&self, listener: Arc<dyn Listener>) {
        let mut all = (self.0.listeners.write()).unwrap_or_else(PoisonError::into_inner);
        all.push(listener);
    }

    /// Waits for events about these, at most `backlog` of them unheard. Whoever reads after this
    /// misses nothing.
    pub fn watch(&self, about: &[Uuid], backlog: usize) -> Watch {
        let (sender, receiver) = mpsc::channel(backlog.max(1));
        let mut watches = self.watches();
        for one in about {
            watches.entry(*one).or_default().push(sender.clone());
        }
        Watch::new(self.clone(), about.to_vec(), receiver)
    }

    /// Everything up to here has been told: the number of a row (SQLite) or of a transaction
    /// (PostgreSQL). Nothing until the relay of this process stands.
    pub fn position(&self) -> Option<i64> {
        let stand = self.0.stand.borrow();
        stand.as_ref().map(|stand| stand.tail.position())
    }

    /// Whether what was committed at `position` has been told. Exact where [`Feed::position`] is
    /// held back by a transaction that is still running.
    pub fn has_passed(&self, position: i64) -> bool {
        let stand = self.0.stand.borrow();
        let stand = stand.as_ref();
        stand.is_some_and(|stand| stand.tail.has_passed(position))
    }

    /// How long ago there was nothing that has not been told by now; nothing where no relay has
    /// started. What was committed longer ago has been told: the time counts from before the look
    /// that told it, however long that took.
    pub fn lag(&self) -> Option<Duration> {
        let stand = self.0.stand.borrow();
        stand.as_ref().map(|stand| stand.at.elapsed())
    }

    /// Waits until the relay of this process stands: from then on nothing is missed.
    pub async fn started(&self) {
        let mut stand = self.0.stand.subscribe();
        // The sender lives as long as `self`.
        let _ = stand.wait_for(Option::is_some).await;
    }

    /// Has the relay look at once.
    pub(super) fn wake(&self) {
        self.0.news.notify_one();
    }

    /// Ends when there may be news in this process.
    pub async fn woken(&self) {
        self.0.news.notified().await;
    }

    fn tell(&self, events: Vec<Committed>) {
        if events.is_empty() {
            return;
        }
        let listeners = self.listeners();
        for event in events {
            for listener in &listeners {
                listener.committed(&event);
            }
            self.hand_on(&Arc::new(event));
        }
    }

    fn hand_on(&self, event: &Arc<Committed>) {
        let mut watches = self.watches();
        let mut told: Vec<mpsc::Sender<_>> = Vec::new();
        for about in event.concerns() {
            let Some(senders) = watches.get_mut(&about) else {
                continue;
            };
            // One that does not keep up is let go; its watch finds that out when it has read on.
            senders.retain(|sender| {
                if told.iter().any(|one| one.same_channel(sender)) {
                    return true;
                }
                let kept = sender.try_send(event.clone()).is_ok();
                if kept {
                    told.push(sender.clone());
                }
                kept
            });
            if senders.is_empty() {
                watches.remove(&about);
            }
        }
    }

    /// Everything up to `tail` has been told; `at` was before the tail was read.
    fn stands(&self, tail: Tail, at: Instant) {
        self.0.stand.send_replace(Some(Stand { tail, at }));
    }

    /// Nobody can rely on having heard everything.
    fn lose(&self) {
        for listener in self.listeners() {
            listener.lost();
        }
        self.watches().clear();
    }

    fn forget(&self, about: &[Uuid]) {
        let mut watches = self.watches();
        for one in about {
            if let Some(senders) = watches.get_mut(one) {
                senders.retain(|sender| !sender.is_closed());
                if senders.is_empty() {
                    watches.remove(one);
                }
            }
        }
    }

    fn listeners(&self) -> Vec<Arc<dyn Listener>> {
        let all = self.0.listeners.read();
        all.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn watches(&self) -> MutexGuard<'_, HashMap<Uuid, Vec<mpsc::Sender<Arc<Committed>>>>> {
        self.0
            .watches
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[path = "feed_test.rs"]
mod tests;
