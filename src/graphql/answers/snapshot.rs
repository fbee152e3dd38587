//! The channels that requests name, as they were read last and while that holds.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use entity::channels;

use super::{AGE_MAX, Answers};
use crate::db::Reader;
use crate::domain::channel::store;
use crate::kernel::error::Fault;

/// The most names that are known at a time; only channels that exist have one.
const NAMES_MAX: usize = 1_000;

/// Channels by the name that was asked for; none for the default one.
#[derive(Default)]
pub(in crate::graphql) struct Channels(Mutex<Known>);

type Known = HashMap<Option<String>, Seen>;

#[derive(Clone)]
struct Seen {
    channel: channels::Model,
    since: u64,
    made: Instant,
}

impl Channels {
    /// The channel of that code, or the default one.
    pub async fn find(
        &self,
        answers: &Answers,
        read: &Reader,
        code: Option<&str>,
        token: Option<&str>,
    ) -> Result<Option<channels::Model>, Fault> {
        let name = code.map(str::to_owned);
        let generations = answers.generations();
        let since = generations.now();
        let may_recall = answers.may_recall(token);
        let known = self.known().get(&name).cloned();
        if let Some(seen) = known
            && may_recall
            && seen.made.elapsed() < AGE_MAX
            && generations.holds(seen.since)
            && generations.table("channels").holds(seen.since)
        {
            return Ok(Some(seen.channel));
        }
        let found = match code {
            Some(code) => store::by_code(read, code).await?,
            None => store::default(read).await?,
        };
        // Without a relay, changes between now and its start would never be heard of.
        if let Some(channel) = found.as_ref().filter(|_| may_recall) {
            let mut known = self.known();
            if known.len() >= NAMES_MAX {
                known.clear();
            }
            let seen = Seen {
                channel: channel.clone(),
                since,
                made: Instant::now(),
            };
            known.insert(name, seen);
        }
        Ok(found)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
