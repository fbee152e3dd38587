//! Continues what nobody works on: processes whose lease has run out, and those whose time to look
//! again has come. Every node runs one; the lease decides who gets which.

use entity::processes::Model as Process;
use futures_util::StreamExt;
use tokio_util::sync::CancellationToken;

use super::{House, complete_cart, settle_payment, settle_refund};
use crate::kernel::error::{Fault, Stop};
use crate::write::processes;

/// Processes taken from the list at once.
const BATCH: u64 = 64;
/// Processes worked on at the same time.
const AT_ONCE: usize = 4;

/// Looks for work until it is told to stop.
pub async fn run(house: House, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let worked = sweep(&house).await.unwrap_or_else(|fault| {
            tracing::error!(?fault, "the completer could not look for work");
            0
        });
        if worked < AT_ONCE {
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(house.times.poll) => {}
            }
        }
    }
}

/// Takes everything that is due as far as it goes now; how many processes that were. One that
/// fails stays on the list, and is taken up again after its lease.
pub async fn sweep(house: &House) -> Result<usize, Fault> {
    let real = house.door.clock().real();
    let due = processes::due(&house.door.reader(), real, BATCH).await?;
    let count = due.len();
    futures_util::stream::iter(due)
        .for_each_concurrent(AT_ONCE, |process| async move {
            if let Err(stop) = resume(house, &process).await {
                tracing::warn!(?stop, process = %process.id, kind = process.kind, "not completed");
            }
        })
        .await;
    Ok(count)
}

/// Continues a process at its last recorded step.
pub async fn resume(house: &House, process: &Process) -> Result<(), Stop> {
    match process.kind.as_str() {
        complete_cart::KIND => complete_cart::resume(house, process).await,
        settle_payment::KIND => settle_payment::resume(house, process).await,
        settle_refund::KIND => settle_refund::resume(house, process).await,
        _ => Err(Fault::bug(format!("nobody knows the process {}", process.kind)).into()),
    }
}
