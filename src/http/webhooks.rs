//! `/webhooks/<provider>`: notices from payment providers.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};

use super::{Front, caller};
use crate::process::provider_event::{self, Inbound};

/// Takes a notice: 204 taken, 401 not signed by the provider, 404 no such provider; 413 and 408 as
/// with any body.
pub async fn receive(
    State(front): State<Front>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> StatusCode {
    let body = match front.bodies.take(body).await {
        Ok(taken) => taken,
        Err(reason) => return reason.status(),
    };
    let signature = caller::text(&headers, "x-signature");
    match provider_event::receive(front.api.house(), &provider, &body.bytes, signature).await {
        Ok(Inbound::Taken(_)) => StatusCode::NO_CONTENT,
        Ok(Inbound::NoSuchProvider) => StatusCode::NOT_FOUND,
        Ok(Inbound::Refused) => StatusCode::UNAUTHORIZED,
        Err(reason) => {
            tracing::warn!(?reason, provider, "a notice could not be taken");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
