//! The addresses.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use super::{Front, cors, figures, graphql, health, jwks, request_id, webhooks, ws};

/// The address of the graph.
pub const GRAPH: &str = "/graphql";
/// Smaller answers fit a packet as they are.
pub const WORTH_COMPRESSING: u64 = 1_024;

/// All addresses over the house.
pub fn router(front: Front) -> Router {
    let methods = get(graphql::get).post(graphql::post);
    let mut graph = Router::new()
        .route(GRAPH, methods.fallback(graphql::other))
        .route_layer(from_fn_with_state(front.clone(), ws::divert));
    if let Some(cors) = cors::layer(&front.bounds.origins) {
        graph = graph.layer(cors);
    }
    Router::new()
        .merge(graph)
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/.well-known/jwks.json", get(jwks::keys))
        .route("/webhooks/{provider}", post(webhooks::receive))
        .route_layer(from_fn(figures::count))
        .layer(DefaultBodyLimit::max(front.bounds.body_bytes))
        .layer(from_fn(request_id::mark))
        .with_state(front)
}

/// The same, compressed for who asks; done for all pages at once, when they are served.
pub fn compressed(pages: Router) -> Router {
    let worth = SizeAbove::new(WORTH_COMPRESSING)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::SSE);
    pages.layer(CompressionLayer::new().compress_when(worth))
}
