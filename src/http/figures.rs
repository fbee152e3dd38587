//! `/metrics`: the figures of this process as Prometheus reads them, and the count of requests.

use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::health::Watch;
use crate::meter::{self, Figures};

/// The text format of Prometheus.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

#[derive(Clone)]
struct Desk {
    figures: Figures,
    watch: Watch,
}

/// `/metrics` alone: for the server itself, or for an address of its own.
pub fn figures(figures: Figures, watch: Watch) -> Router {
    Router::new()
        .route("/metrics", get(read))
        .with_state(Desk { figures, watch })
}

async fn read(State(desk): State<Desk>) -> Response {
    desk.watch.measure().await;
    let headers = [
        (header::CONTENT_TYPE, TEXT),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, desk.figures.render()).into_response()
}

/// Counts a request under its route.
pub async fn count(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    counted(route, next.run(request)).await
}

/// Counts what is handled under a route.
pub async fn counted(route: &str, handled: impl Future<Output = Response>) -> Response {
    let began = Instant::now();
    let _running = meter::request_begins();
    let response = handled.await;
    meter::request_ends(route, response.status().as_u16(), began.elapsed());
    response
}
