//! What sockets and event streams have in common: who asks, anew for every answer, and bounds.
//!
//! Whatever runs on them takes its turn among all requests. While a subscription waits for news it has
//! none.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::http::HeaderMap;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt, StreamExt};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::turn::{apart, turn, turn_to_tell};
use super::{Front, ask, request_id};
use crate::graphql::{AppError, Ask, Operation, Reached, Renewed};
use crate::kernel::error::Fault;

/// Bounds of what stays open.
#[derive(Clone, Debug)]
pub struct Lives {
    /// Sockets and event streams at a time.
    pub most: usize,
    /// Operations on a socket at a time.
    pub operations: usize,
    /// Bytes of a message that comes in.
    pub message_bytes: usize,
    /// How long a client has to say who it is.
    pub init: Duration,
    /// How often something is sent when nothing happens. Who has not stirred for three of them is
    /// gone.
    pub beat: Duration,
    /// How long a client has to take what is sent.
    pub patience: Duration,
}

impl Default for Lives {
    fn default() -> Self {
        Self {
            most: 12_000,
            operations: 64,
            message_bytes: 256 * 1024,
            init: Duration::from_secs(3),
            beat: Duration::from_secs(15),
            patience: Duration::from_secs(10),
        }
    }
}

/// What is open.
#[derive(Debug)]
pub struct Live {
    /// Their bounds.
    pub bounds: Lives,
    /// A permit for each.
    pub seats: Arc<Semaphore>,
    /// Has them all take leave.
    pub closing: CancellationToken,
}

impl Live {
    /// Nothing yet.
    pub fn new(bounds: Lives) -> Self {
        Self {
            seats: Arc::new(Semaphore::new(bounds.most)),
            bounds,
            closing: CancellationToken::new(),
        }
    }
}

/// Who asks, by the headers and as things are now. What is meant for one request is not taken over:
/// on what stays open there are many.
async fn renewed(front: &Front, headers: &HeaderMap) -> Result<Ask, AppError> {
    let mut ask = ask::of(front, headers, request_id::of(headers)).await?;
    ask.key = None;
    ask.caller.dry_run = false;
    Ok(ask)
}

/// Whether whoever says so may come in.
pub async fn admitted(front: &Front, headers: &HeaderMap) -> Result<(), AppError> {
    let who = (front.clone(), headers.clone());
    let known = apart(async move { renewed(&who.0, &who.1).await.map(|_| ()) });
    let known = timeout(front.bounds.request, known).await;
    known.map_err(|_| Fault::Timeout)??
}

/// The answers to an operation, one after the other. The first has the time of a request, its turn
/// included.
pub fn answers(
    front: &Front,
    headers: HeaderMap,
    operation: Operation,
) -> BoxStream<'static, Reached> {
    let who = Arc::new((front.clone(), headers));
    let begun = AtomicBool::new(false);
    let renew = move || {
        let (who, goes_on) = (who.clone(), begun.swap(true, Ordering::Relaxed));
        let renewed = async move {
            let turn = match goes_on {
                true => turn_to_tell(&who.0).await?,
                false => vec![turn(&who.0).await?],
            };
            let ask = renewed(&who.0, &who.1).await?;
            Ok(Renewed { ask, turn })
        };
        renewed.boxed()
    };
    let answers = front.api.subscribe(operation, Arc::new(renew)).boxed();
    let first = Some(front.bounds.request);
    let steps = stream::unfold(Some((answers, first)), |on| async move {
        let (mut answers, limit) = on?;
        let step = apart(async move { (answers.next().await, answers) });
        let step = match limit {
            Some(limit) => timeout(limit, step).await.unwrap_or(Err(Fault::Timeout)),
            None => step.await,
        };
        match step {
            Ok((reached, answers)) => Some((reached?, Some((answers, None)))),
            Err(fault) => Some((Reached::refused(fault), None)),
        }
    });
    steps.boxed()
}
