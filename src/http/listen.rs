//! The accept loop: how many connections, how long they may rest, how they end.
//!
//! `axum::serve` knows no time-outs. Here a client must send its first headers soon, may rest a
//! while between requests, and must take its answers; bodies have their own time (`body`). Told to
//! stop, we take no new connection, let running requests finish, and cut what takes too long.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::bounds::Bounds;
use super::site::Site;

/// What a connection may hold of us: a request line with its headers, or a piece of a body.
const BUFFER: usize = 64 * 1024;

/// The place of a connection among those that may be open. Who goes on with a connection after its
/// last request (an upgrade) takes it from the request's extensions and keeps it.
#[derive(Clone, Debug)]
pub struct Seat(#[expect(dead_code, reason = "held, never looked at")] Arc<OwnedSemaphorePermit>);

/// What all connections share.
struct Hall {
    http: http1::Builder,
    site: Site,
    headers: Duration,
    write: Duration,
    stop: CancellationToken,
    cut: CancellationToken,
}

/// Serves until `stop`, then until what runs is done or its time is over.
pub async fn listen(
    mut listener: TcpListener,
    site: Site,
    bounds: &Bounds,
    stop: CancellationToken,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(bounds.idle)
        .max_buf_size(BUFFER);
    let hall = Arc::new(Hall {
        http,
        site,
        headers: bounds.headers,
        write: bounds.write,
        stop: stop.clone(),
        cut: CancellationToken::new(),
    });
    let seats = Arc::new(Semaphore::new(bounds.connections));
    let open = TaskTracker::new();
    loop {
        let next = async {
            let seat = seats.clone().acquire_owned().await;
            let (stream, _) = Listener::accept(&mut listener).await;
            (seat, stream)
        };
        let (seat, stream) = tokio::select! {
            next = next => next,
            () = stop.cancelled() => break,
        };
        // Nobody closes the seats.
        let Ok(seat) = seat else { break };
        let hall = hall.clone();
        open.spawn(async move { hall.serve(stream, seat).await });
    }
    drop(listener);
    open.close();
    if timeout(bounds.stop, open.wait()).await.is_err() {
        let connections = open.len();
        tracing::warn!(connections, "told to stop: what still runs is cut");
        hall.cut.cancel();
        open.wait().await;
    }
}

impl Hall {
    /// Serves one connection to its end.
    async fn serve(&self, stream: TcpStream, seat: OwnedSemaphorePermit) {
        // An answer is written in one go; there is nothing to wait for.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(self.write));
        let seat = Seat(Arc::new(seat));
        let asked = AtomicBool::new(false);
        let service = service_fn(|mut request: Request<Incoming>| {
            asked.store(true, Ordering::Relaxed);
            request.extensions_mut().insert(seat.clone());
            let answered = self.site.answer(request.map(Body::new));
            async { Ok::<_, Infallible>(answered.await) }
        });
        let stream = TokioIo::new(Box::pin(stream));
        let mut connection = pin!(self.http.serve_connection(stream, service).with_upgrades());
        let mut late = pin!(sleep(self.headers));
        let mut stopping = false;
        loop {
            tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection ended");
                    }
                    return;
                }
                () = self.stop.cancelled(), if !stopping => {
                    stopping = true;
                    connection.as_mut().graceful_shutdown();
                }
                () = &mut late, if !late.is_elapsed() => {
                    if !asked.load(Ordering::Relaxed) {
                        return;
                    }
                }
                () = self.cut.cancelled() => return,
            }
        }
    }
}
