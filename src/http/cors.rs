//! CORS by setting: which pages may call the API from a browser. Off unless origins are named.
//!
//! No credentials are allowed: the API knows no cookies, and a token is a header that the page sets
//! itself.

use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// What a page may send.
const TAKEN: [HeaderName; 11] = [
    header::ACCEPT_LANGUAGE,
    header::AUTHORIZATION,
    header::CACHE_CONTROL,
    header::CONTENT_TYPE,
    HeaderName::from_static("idempotency-key"),
    HeaderName::from_static("x-cart-token"),
    HeaderName::from_static("x-channel"),
    HeaderName::from_static("x-consistency-token"),
    HeaderName::from_static("x-dry-run"),
    HeaderName::from_static("x-order-token"),
    HeaderName::from_static("x-request-id"),
];

/// What a page may see beside the body.
const SHOWN: [HeaderName; 4] = [
    header::ETAG,
    header::RETRY_AFTER,
    HeaderName::from_static("server-timing"),
    HeaderName::from_static("x-request-id"),
];

/// How long a browser may remember what it may do.
const REMEMBERED: Duration = Duration::from_secs(7_200);

/// The layer that says so; nothing where no origin is named.
pub fn layer(origins: &[String]) -> Option<CorsLayer> {
    let named = || {
        origins
            .iter()
            .filter_map(|one| HeaderValue::from_str(one).ok())
    };
    let allowed = match origins {
        [] => return None,
        all if all.iter().any(|one| one == "*") => AllowOrigin::any(),
        _ => AllowOrigin::list(named()),
    };
    let cors = CorsLayer::new()
        .allow_origin(allowed)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(TAKEN)
        .expose_headers(SHOWN)
        .max_age(REMEMBERED);
    Some(cors)
}
