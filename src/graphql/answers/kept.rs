//! One answer that is kept, and whether it still holds.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use bytes::Bytes;

use super::AGE_MAX;
use crate::domain::public;
use crate::kernel::secret::sha256_hex;
use crate::write::{Generations, Rests};

/// What every answer rests on, whether a resolver read it or not: the channel it was asked in, and
/// the clock of the sandbox.
const ALWAYS: &[&str] = &["channels", "sandbox_clocks"];

/// Other forms of an answer, by number: each is made when it is first asked for.
#[derive(Debug, Default)]
pub struct Forms([OnceLock<Option<Bytes>>; 2]);

impl Forms {
    /// The form of that number; nothing where there is none, or none that is worth it. A form has at
    /// most half the bytes of the answer: their room was counted when it was kept.
    pub fn get(&self, number: usize, make: impl FnOnce() -> Option<Bytes>) -> Option<Bytes> {
        self.0.get(number)?.get_or_init(make).clone()
    }
}

/// What stands under a key.
pub(super) enum Slot {
    /// An answer, and what it rests on.
    Answer {
        json: Bytes,
        forms: Arc<Forms>,
        etag: Arc<str>,
        /// What the operation is called, for those who count.
        title: Option<Arc<str>>,
        rests: Rests,
        made: Instant,
    },
    /// That answers to this are not kept.
    Nothing { made: Instant },
}

impl Slot {
    /// Whether nothing it rests on has changed.
    pub(super) fn holds(&self, generations: &Generations) -> bool {
        match self {
            Self::Answer { rests, made, .. } => made.elapsed() < AGE_MAX && rests.hold(generations),
            Self::Nothing { made } => made.elapsed() < AGE_MAX,
        }
    }

    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing { .. })
    }

    /// The memory it takes, its forms included.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Answer { json, rests, .. } => (2 * json.len() + rests.bytes() + 128) as u64,
            Self::Nothing { .. } => 64,
        }
    }
}

/// The answer with what it rests on; nothing where it read what is not for everybody's eyes.
pub(super) fn slot(generations: &Generations, json: &Bytes, mut rests: Rests) -> Option<Slot> {
    if !rests.tables().all(|table| public::TABLES.contains(&table)) {
        return None;
    }
    let wholes = rests.tables().flat_map(public::wholes_of).copied();
    let wholes: Vec<&str> = wholes.chain(ALWAYS.iter().copied()).collect();
    rests.also(generations, wholes);
    Some(Slot::Answer {
        etag: format!("\"{}\"", &sha256_hex(json)[..32]).into(),
        json: json.clone(),
        forms: Arc::default(),
        title: None,
        rests,
        made: Instant::now(),
    })
}
