//! `/.well-known/jwks.json`: the public keys that access tokens are checked with (RFC 7517).

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Front;
use crate::kernel::clock::Clock;

/// The keys. Others may keep them for five minutes: a new key is published before it signs.
pub async fn keys(State(front): State<Front>) -> Response {
    let (read, real) = (front.api.door().reader(), front.clock.real());
    match front.api.access().tokens.jwks(&read, real).await {
        Ok(keys) => ([(header::CACHE_CONTROL, "public, max-age=300")], Json(keys)).into_response(),
        Err(fault) => {
            tracing::error!(?fault, "the signing keys cannot be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
