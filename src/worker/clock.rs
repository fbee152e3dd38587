//! Keeps the sandbox clock of this node where the shop's is.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::idle;
use crate::process::House;
use crate::write::wall::WallClock;

/// Looks every now and then until it is told to stop: other loops of this node act by that clock
/// though nobody asks it anything.
pub async fn run(house: House, clock: Arc<WallClock>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(fault) = clock.refresh(&house.door.reader()).await {
            tracing::warn!(?fault, "the sandbox clock could not be read");
        }
        idle(&stop).await;
    }
}
