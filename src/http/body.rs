//! Bodies: taken as they come, up to a size, within a time, out of a common store of memory.
//!
//! Small bodies are always taken. What goes beyond is lent from a store that all requests share, so
//! that many large bodies that never end cost no more than the store.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::http::StatusCode;
use futures_util::StreamExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::bounds::Bounds;

/// What every body may have without asking.
const SMALL: usize = 16 * 1024;
/// What is lent at once, in bytes.
const PIECE: usize = 1024;
/// The store, in pieces: 64 MiB.
const STORE: usize = 64 * 1024;
/// How long the rest of a body that was refused is thrown away, so that the client comes to read
/// the answer instead of meeting a closed connection.
const LINGER: Duration = Duration::from_secs(5);

/// Takes bodies.
#[derive(Clone, Debug)]
pub struct Taker {
    most: usize,
    time: Duration,
    store: Arc<Semaphore>,
}

/// A body, and what was lent for it.
pub struct Taken {
    /// Its bytes.
    pub bytes: Vec<u8>,
    lent: Option<OwnedSemaphorePermit>,
}

/// Why a body was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It has more bytes than this.
    TooLarge(usize),
    /// It did not arrive in time.
    TooSlow,
    /// The connection broke, or the body is not framed as it should be.
    Broken,
    /// Too many large bodies at once.
    Full,
}

impl NotTaken {
    /// The status that says so.
    pub fn status(self) -> StatusCode {
        match self {
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken => StatusCode::BAD_REQUEST,
            Self::Full => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl Taker {
    /// Within these bounds.
    pub fn new(bounds: &Bounds) -> Self {
        Self {
            most: bounds.body_bytes,
            time: bounds.body,
            store: Arc::new(Semaphore::new(STORE)),
        }
    }

    /// Takes a body whole.
    pub async fn take(&self, body: Body) -> Result<Taken, NotTaken> {
        let promised = body.size_hint().lower();
        let mut stream = body.into_data_stream();
        let taken = if promised > self.most as u64 {
            Err(NotTaken::TooLarge(self.most))
        } else {
            let taken = timeout(self.time, self.gather(&mut stream)).await;
            taken.unwrap_or(Err(NotTaken::TooSlow))
        };
        if matches!(taken, Err(NotTaken::TooLarge(_) | NotTaken::Full)) {
            tokio::spawn(timeout(LINGER, discard(stream)));
        }
        taken
    }

    async fn gather(&self, stream: &mut BodyDataStream) -> Result<Taken, NotTaken> {
        let mut taken = Taken {
            bytes: Vec::new(),
            lent: None,
        };
        while let Some(chunk) = stream.next().await {
            let chunk: Bytes = chunk.map_err(|_| NotTaken::Broken)?;
            let size = taken.bytes.len() + chunk.len();
            if size > self.most {
                return Err(NotTaken::TooLarge(self.most));
            }
            self.lend(&mut taken, size)?;
            taken.bytes.extend_from_slice(&chunk);
        }
        Ok(taken)
    }

    fn lend(&self, taken: &mut Taken, size: usize) -> Result<(), NotTaken> {
        let wanted = size.saturating_sub(SMALL).div_ceil(PIECE);
        let lent = taken
            .lent
            .as_ref()
            .map_or(0, OwnedSemaphorePermit::num_permits);
        let more = wanted.saturating_sub(lent);
        if more == 0 {
            return Ok(());
        }
        let more = u32::try_from(more).map_err(|_| NotTaken::Full)?;
        let permit = self.store.clone().try_acquire_many_owned(more);
        let permit = permit.map_err(|_| NotTaken::Full)?;
        match &mut taken.lent {
            Some(lent) => lent.merge(permit),
            None => taken.lent = Some(permit),
        }
        Ok(())
    }
}

async fn discard(mut stream: BodyDataStream) {
    while let Some(Ok(_)) = stream.next().await {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taker(most: usize, store: usize) -> Taker {
        Taker {
            most,
            time: Duration::from_secs(60),
            store: Arc::new(Semaphore::new(store)),
        }
    }

    fn endless(chunk: &'static [u8]) -> Body {
        let chunks = futures_util::stream::repeat_with(move || Ok::<_, std::io::Error>(chunk));
        Body::from_stream(chunks)
    }

    #[tokio::test]
    async fn a_body_is_taken_up_to_its_bound() {
        let taker = taker(10, 0);
        let taken = taker.take(Body::from("0123456789")).await;
        assert_eq!(
            taken.map(|taken| taken.bytes).as_deref(),
            Ok(b"0123456789".as_slice())
        );
        let refused = taker.take(Body::from("0123456789a")).await.err();
        assert_eq!(refused, Some(NotTaken::TooLarge(10)));
        let refused = taker.take(endless(b"0123")).await.err();
        assert_eq!(refused, Some(NotTaken::TooLarge(10)));
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_cut() {
        let silent = Body::from_stream(futures_util::stream::pending::<std::io::Result<Bytes>>());
        let mut taker = taker(10, 0);
        taker.time = Duration::from_millis(20);
        assert_eq!(taker.take(silent).await.err(), Some(NotTaken::TooSlow));
    }

    #[tokio::test]
    async fn large_bodies_share_a_store_and_give_it_back() {
        let taker = taker(SMALL + 8 * PIECE, 8);
        let large = || Body::from(vec![b'x'; SMALL + 5 * PIECE]);
        let small = || Body::from(vec![b'x'; SMALL]);
        let held = taker.take(large()).await;
        assert!(held.is_ok());
        assert_eq!(taker.take(large()).await.err(), Some(NotTaken::Full));
        assert!(taker.take(small()).await.is_ok());
        drop(held);
        assert!(taker.take(large()).await.is_ok());
    }
}
