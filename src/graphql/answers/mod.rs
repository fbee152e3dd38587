//! Whole answers, kept as bytes for those who ask the same.
//!
//! Closed by default. An answer is kept only where all of this holds: it is a query of root fields
//! that stand on the list beside their resolvers; a guest or a shopper asks; no resolver looked at
//! who asks or what time it is; only tables that are for everybody's eyes were read; there was no
//! error; and nothing it read has changed since before it was begun. It is given again only while
//! that last one still holds, and while this process hears what others commit. Staff are always
//! answered afresh.
//!
//! Of many who ask the same at once, one is answered, and the others get what that one got.
//! Deliberately absent: times after which something may be old. What is kept too long for any other
//! reason (a hand in the database) ends with [`AGE_MAX`].

mod allowed;
mod kept;
mod snapshot;
mod token;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::{Cache, PlaceholderGuard};

pub(super) use self::allowed::is_allowed;
pub use self::kept::Forms;
use self::kept::{Slot, slot};
pub(super) use self::snapshot::Channels;
use crate::db::Reader;
use crate::domain::public;
use crate::kernel::permission::Role;
use crate::kernel::secret::SecretKey;
use crate::meter;
use crate::write::{Committed, Door, Feed, Generations, Listener};

/// The longest that anything is kept.
const AGE_MAX: Duration = Duration::from_secs(30);

/// How long ago the relay of this process may have heard everything at the latest. So what another
/// process commits is seen here within this time, even if the relay stands still: a look that began
/// after the commit has told of it, and one that began before is too old by then.
const LAG_MAX: Duration = Duration::from_millis(900);

// "Within a second" is what the documents promise.
const _: () = assert!(LAG_MAX.as_millis() < 1_000, "an answer may be too old");

/// Bytes of an answer we think is usual, to size the table.
const USUAL_BYTES: u64 = 8 * 1_024;

/// What all answers of one kind have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// The document.
    pub text: Arc<str>,
    /// Which operation of it.
    pub operation: Option<String>,
    /// The variables as JSON.
    pub variables: String,
    /// The channel as it was asked for.
    pub channel: Option<String>,
    /// The language as it was asked for.
    pub language: Option<String>,
    /// What role decides what is seen.
    pub role: Role,
}

/// That a request may be answered with what is kept, and its answer kept.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// The channel as it was asked for.
    pub(super) channel: Option<String>,
    /// Where the generations stood before anything was read.
    pub(super) since: u64,
}

/// An answer that is given again.
pub(super) struct Again {
    pub json: Bytes,
    pub forms: Arc<Forms>,
    pub etag: Arc<str>,
    pub title: Option<Arc<str>>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Arc<Slot>> for Weight {
    fn weight(&self, key: &Key, slot: &Arc<Slot>) -> u64 {
        let texts = key.text.len() + key.variables.len();
        (texts as u64)
            .saturating_add(256)
            .saturating_add(slot.bytes())
    }
}

type Slots = Cache<Key, Arc<Slot>, Weight>;

/// The answers of this process.
pub(super) struct Answers {
    slots: Option<Slots>,
    generations: Arc<Generations>,
    feed: Feed,
    secret: SecretKey,
}

/// Whose turn it is to be answered.
pub(super) enum Turn<'a> {
    /// Somebody was: here it is.
    Again(Again),
    /// This one, for all who wait.
    First(First<'a>),
    /// Everybody for themselves.
    Alone,
}

/// The right to answer for all who ask the same; dropped, it goes to the next of them.
pub(super) struct First<'a> {
    answers: &'a Answers,
    key: Key,
    guard: PlaceholderGuard<
        'a,
        Key,
        Arc<Slot>,
        Weight,
        quick_cache::DefaultHashBuilder,
        quick_cache::sync::DefaultLifecycle<Key, Arc<Slot>>,
    >,
}

/// Brings in what other processes commit.
struct Hears(Arc<Generations>);

impl Listener for Hears {
    fn committed(&self, event: &Committed) {
        let own = self.0.is_own(event.id.uuid());
        let tables = public::changed_by(&event.aggregate_type);
        if !own && !tables.is_empty() {
            self.0.changed(tables);
        }
    }

    fn lost(&self) {
        self.0.all_changed();
    }
}

impl Answers {
    /// None yet, at most so many bytes; 0 keeps none.
    pub fn new(door: &Door, bytes: u64) -> Self {
        let generations = door.generations().clone();
        door.feed().listen(Arc::new(Hears(generations.clone())));
        let entries = usize::try_from(bytes / USUAL_BYTES).unwrap_or(usize::MAX);
        Self {
            slots: (bytes > 0).then(|| Cache::with_weighter(entries, bytes, Weight)),
            generations,
            feed: door.feed().clone(),
            secret: door.secret_key().clone(),
        }
    }

    /// Whether what is kept may be used for a request with this token: this process hears what
    /// others commit, and has heard of the write that the token is from.
    pub fn may_recall(&self, token: Option<&str>) -> bool {
        let hears = self.feed.lag().is_some_and(|lag| lag < LAG_MAX);
        hears && token.is_none_or(|token| self.has_heard(token))
    }

    fn has_heard(&self, token: &str) -> bool {
        // A token that is none of ours says nothing.
        token::read(&self.secret, token).is_none_or(|position| self.feed.has_passed(position))
    }

    /// The token of a write that stands there in the outbox.
    pub fn token(&self, position: i64) -> String {
        token::write(&self.secret, position)
    }

    /// What a request that asks in this channel needs to be recalled and kept.
    pub fn ticket(&self, channel: Option<&str>, token: Option<&str>) -> Option<Ticket> {
        let since = self.generations.now();
        (self.slots.is_some() && self.may_recall(token)).then(|| Ticket {
            channel: channel.map(str::to_owned),
            since,
        })
    }

    /// The generations of this process.
    pub fn generations(&self) -> &Arc<Generations> {
        &self.generations
    }

    /// The answer that is kept, if it still holds.
    pub fn recall(&self, key: &Key) -> Option<Again> {
        let slot = self.slots.as_ref()?.get(key)?;
        self.again(&slot)
    }

    /// Whether anything at all is kept.
    pub fn keeps(&self) -> bool {
        self.slots.is_some()
    }

    fn again(&self, slot: &Slot) -> Option<Again> {
        let Slot::Answer {
            json,
            forms,
            etag,
            title,
            ..
        } = slot
        else {
            return None;
        };
        slot.holds(&self.generations).then(|| {
            meter::answer_cache("hit");
            Again {
                json: json.clone(),
                forms: forms.clone(),
                etag: etag.clone(),
                title: title.clone(),
            }
        })
    }

    /// Waits for whoever is being answered the same.
    pub async fn turn(&self, key: Key) -> Turn<'_> {
        let Some(slots) = &self.slots else {
            return Turn::Alone;
        };
        loop {
            match slots.get_value_or_guard_async(&key).await {
                Err(guard) => {
                    meter::answer_cache("miss");
                    return Turn::First(First {
                        answers: self,
                        key,
                        guard,
                    });
                }
                Ok(slot) => {
                    if let Some(again) = self.again(&slot) {
                        return Turn::Again(again);
                    }
                    if slot.is_nothing() && slot.holds(&self.generations) {
                        return Turn::Alone;
                    }
                    slots.remove_if(&key, |one| Arc::ptr_eq(one, &slot));
                }
            }
        }
    }
}

impl First<'_> {
    /// Keeps the answer, if it may be kept; gives its name for caches elsewhere.
    pub fn keep(
        self,
        json: &Bytes,
        title: Option<Arc<str>>,
        read: &Reader,
        since: u64,
    ) -> Option<Arc<str>> {
        let generations = &self.answers.generations;
        let Some(mut slot) = slot(generations, json, generations.rests(read, since)) else {
            self.never();
            return None;
        };
        let etag = match &mut slot {
            Slot::Answer {
                etag, title: name, ..
            } => {
                *name = title;
                Some(etag.clone())
            }
            Slot::Nothing { .. } => None,
        };
        let slot = Arc::new(slot);
        // Where it fails, the place has been given up meanwhile.
        let _ = self.guard.insert(slot);
        etag
    }

    /// Lets all who wait be answered by themselves, and for a while those who come.
    pub fn never(self) {
        let _ = self.guard.insert(Arc::new(Slot::Nothing {
            made: Instant::now(),
        }));
    }

    /// Lets all who wait be answered by themselves.
    pub fn fail(self) {
        let nothing = Arc::new(Slot::Nothing {
            made: Instant::now(),
        });
        let _ = self.guard.insert(nothing.clone());
        if let Some(slots) = &self.answers.slots {
            slots.remove_if(&self.key, |one| Arc::ptr_eq(one, &nothing));
        }
    }
}

#[cfg(test)]
#[path = "answers_test.rs"]
mod tests;
