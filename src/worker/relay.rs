//! Follows the outbox for this process: whatever any process has committed is told here.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::process::House;
use crate::write::Relay;

/// How often it looks for what others have committed. A commit of this process wakes it at once.
const PAUSE: Duration = Duration::from_millis(100);
/// The shortest pause: under load many commits are read together.
const BREATH: Duration = Duration::from_millis(5);
/// The longest pause while the database does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Looks until it is told to stop.
pub async fn run(house: House, stop: CancellationToken) {
    let feed = house.door.feed().clone();
    let mut relay = Relay::new(house.door.reader(), feed.clone());
    let mut pause = PAUSE;
    while !stop.is_cancelled() {
        pause = match relay.look().await {
            Ok(_) => PAUSE,
            Err(fault) => {
                tracing::warn!(?fault, ?pause, "the outbox could not be read");
                (pause * 2).min(PATIENCE)
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(pause) => {}
            () = feed.woken() => tokio::time::sleep(BREATH).await,
        }
    }
}
