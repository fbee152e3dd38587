//! What runs waits for its turn, and may panic without harm: the same for requests, sockets and
//! event streams.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::task::AbortOnDropHandle;

use super::Front;
use crate::graphql::Reached;
use crate::kernel::error::Fault;

/// Waits for its turn, which lasts until it is dropped.
pub async fn turn(front: &Front) -> Result<OwnedSemaphorePermit, Fault> {
    let turn = front.turns.clone().acquire_owned().await;
    turn.map_err(|_| Fault::Busy)
}

/// Waits for a turn to tell news. When a thousand have the same news, few of them at a time wait
/// among the requests, so that nobody who asks waits for all of them.
pub async fn turn_to_tell(front: &Front) -> Result<Vec<OwnedSemaphorePermit>, Fault> {
    let teller = front.tellers.clone().acquire_owned().await;
    let teller = teller.map_err(|_| Fault::Busy)?;
    Ok(vec![turn(front).await?, teller])
}

/// The same; a panic is a fault like any other: logged once, masked outside.
pub async fn calm(work: impl Future<Output = Reached>) -> Reached {
    let reached = AssertUnwindSafe(work).catch_unwind().await;
    reached.unwrap_or_else(|_| Reached::refused(panicked()))
}

/// Works on a task of its own, which ends with the waiting for it. So what has taken a turn goes on
/// even while nobody waits for it, as when a client does not read; and a panic stays in there.
pub async fn apart<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, Fault> {
    let task = AbortOnDropHandle::new(tokio::spawn(work));
    task.await.map_err(|_| panicked())
}

fn panicked() -> Fault {
    Fault::bug("a panic; see standard error")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::Outcome;
    use crate::kernel::error::Code;

    #[expect(clippy::unused_async, reason = "work is a future")]
    async fn panics() -> Reached {
        std::panic::panic_any("a secret of ours")
    }

    #[tokio::test]
    async fn a_panic_is_answered_as_a_masked_fault() {
        let apart = apart(panics()).await.unwrap_or_else(Reached::refused);
        for reached in [calm(panics()).await, apart] {
            assert_eq!(reached.outcome, Outcome::Refused(Code::Internal));
            let json = String::from_utf8(reached.json.to_vec()).unwrap();
            assert!(
                json.contains("INTERNAL") && !json.contains("secret"),
                "{json}"
            );
        }
    }

    #[tokio::test]
    async fn what_nobody_waits_for_ends() {
        let (sender, receiver) = tokio::sync::oneshot::channel::<()>();
        let mut work = Box::pin(apart(async move {
            let _sender = sender;
            std::future::pending::<()>().await;
        }));
        assert!(work.as_mut().now_or_never().is_none());
        drop(work);
        receiver.await.unwrap_err();
    }
}
