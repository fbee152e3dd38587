//! Keeps a key to sign access tokens with, and lets the next one follow when it is too old.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::domain::access::Access;
use crate::domain::access::commands::EnsureKey;
use crate::kernel::caller::Caller;
use crate::process::House;

/// How often it looks.
const PAUSE: Duration = Duration::from_hours(1);

/// Looks now and once an hour until it is told to stop.
pub async fn run(house: House, access: Access, stop: CancellationToken) {
    let caller = Caller::system("keys");
    while !stop.is_cancelled() {
        let ensure = EnsureKey {
            access: access.clone(),
        };
        let done = house.door.execute(&caller, None, ensure).await;
        match done {
            Ok(done) if done.output.made.is_some() => access.tokens.forget(),
            Ok(_) => {}
            Err(reason) => tracing::warn!(?reason, "the signing keys could not be looked after"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}
