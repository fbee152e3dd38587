//! The page developers explore in: the build of `playground/`, embedded when it is there; else a
//! page that loads its editor from a CDN.
//!
//! Both run under a policy without inline scripts. What the second loads from elsewhere is named
//! with version and hash in `playground/plain/cdn.html`.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::config::Playground;

/// Nothing but what we serve; pictures of products may come from anywhere over TLS. The editor
/// sets styles, so these may be inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     font-src 'self' data:; img-src 'self' data: https:; connect-src 'self'; \
     worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The same, and the files that the page names with their hashes.
const CDN_POLICY: &str = "default-src 'none'; \
     script-src 'self' https://cdn.jsdelivr.net/npm/react@18.3.1/ \
     https://cdn.jsdelivr.net/npm/react-dom@18.3.1/ https://cdn.jsdelivr.net/npm/graphiql@4.1.2/ \
     https://cdn.jsdelivr.net/npm/graphql-ws@5.16.2/; \
     style-src 'self' 'unsafe-inline' https://cdn.jsdelivr.net/npm/graphiql@4.1.2/; \
     font-src data:; img-src 'self' data: https:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The names of what was built carry a hash, so they never change.
const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

#[derive(RustEmbed)]
#[folder = "playground/dist"]
#[allow_missing = true]
struct Built;

/// What runs without a build: the page for the CDN, and what it shares with the built one.
#[derive(RustEmbed)]
#[folder = "playground/plain"]
struct Plain;

/// The page, its files, and nothing where it is off.
pub fn routes(which: Playground) -> Router {
    if which == Playground::Off {
        return Router::new();
    }
    Router::new()
        .route("/", get(page))
        .route("/assets/{*path}", get(asset))
        .route("/playground/{*path}", get(plain))
        .with_state(which)
}

async fn page(State(which): State<Playground>) -> Response {
    match built(which, "index.html") {
        Some(file) => serve(file, POLICY, ASK_AGAIN),
        None => plain_file("cdn.html"),
    }
}

/// A script, style, font or worker of the built page.
async fn asset(State(which): State<Playground>, Path(path): Path<String>) -> Response {
    match built(which, &format!("assets/{path}")) {
        Some(file) => serve(file, POLICY, FOREVER),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A file of the page for the CDN.
async fn plain(Path(path): Path<String>) -> Response {
    plain_file(&path)
}

fn built(which: Playground, path: &str) -> Option<EmbeddedFile> {
    match which {
        Playground::Auto => Built::get(path),
        Playground::Cdn | Playground::Off => None,
    }
}

fn plain_file(path: &str) -> Response {
    match Plain::get(path) {
        Some(file) => serve(file, CDN_POLICY, ASK_AGAIN),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn serve(file: EmbeddedFile, policy: &'static str, caching: &'static str) -> Response {
    let kind = HeaderValue::from_str(file.metadata.mimetype());
    let kind = kind.unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, HeaderValue::from_static(caching)),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(policy),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ),
    ];
    (headers, file.data.into_owned()).into_response()
}

#[cfg(test)]
#[path = "playground_test.rs"]
mod tests;
