//! Whether the process lives, and whether it can serve.

use std::sync::Arc;

use async_trait::async_trait;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::Front;

/// What `/readyz` tells: `ready`, and one line for each thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// Whether requests can be served.
    pub ready: bool,
    /// Whether the database answers.
    pub database: &'static str,
    /// Whether its migrations are those that this program needs.
    pub migrations: String,
    /// How far the relay of events is behind.
    pub relay: String,
}

/// The state of the house, asked for by probes and collectors; whoever builds the house knows.
#[async_trait]
pub trait Condition: Send + Sync {
    /// Whether requests can be served.
    async fn readiness(&self) -> Readiness;
    /// Sets the figures that are looked up when somebody asks: pools, outbox.
    async fn measure(&self);
}

/// A [`Condition`] that handlers share.
pub type Watch = Arc<dyn Condition>;

/// The process answers.
pub async fn live() -> &'static str {
    "ok\n"
}

/// The database answers, its migrations fit, and events are passed on.
pub async fn ready(State(front): State<Front>) -> Response {
    let readiness = front.watch.readiness().await;
    let status = if readiness.ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    (status, fresh, Json(readiness)).into_response()
}
