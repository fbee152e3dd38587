//! Gives back stock that was held for orders that were not paid in time.

use tokio_util::sync::CancellationToken;

use super::idle;
use crate::domain::inventory::commands::InventorySweep;
use crate::kernel::caller::Caller;
use crate::process::House;

/// Sweeps until it is told to stop.
pub async fn run(house: House, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let caller = Caller::system("stock_sweep");
        let more = match house.door.execute(&caller, None, InventorySweep {}).await {
            Ok(done) => done.output.more,
            Err(reason) => {
                tracing::warn!(?reason, "lapsed holds could not be swept");
                false
            }
        };
        if !more {
            idle(&stop).await;
        }
    }
}
