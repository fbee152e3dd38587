//! How often a write is tried again when the database was busy: a few times, with jitter.

use std::time::Duration;

use rand::Rng;

/// Attempts in all.
pub(super) const ATTEMPTS: u32 = 6;

/// The pause before the next attempt, longer each time.
#[expect(clippy::disallowed_methods, reason = "jitter needs no seed")]
pub(super) async fn pause(attempt: u32) {
    let top = 10_u64 << attempt.min(6);
    let millis = rand::rng().random_range(1..=top);
    tokio::time::sleep(Duration::from_millis(millis)).await;
}
