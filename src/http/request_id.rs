//! The request id: what was given, where it is well-formed, else one of our own; always answered.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use super::caller;

const NAME: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request, in its extensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Gives every request its id, and every response the id of its request.
pub async fn mark(request: Request, next: Next) -> Response {
    let handle = |mut request: Request, id| {
        request.extensions_mut().insert(id);
        next.run(request)
    };
    marked(request, handle).await
}

/// Handles a request that has its id.
pub async fn marked<F>(request: Request, handle: impl FnOnce(Request, RequestId) -> F) -> Response
where
    F: Future<Output = Response>,
{
    let id = of(request.headers());
    let value = HeaderValue::try_from(&id);
    let mut response = handle(request, RequestId(id)).await;
    if let Ok(value) = value {
        response.headers_mut().insert(NAME, value);
    }
    response
}

/// The id that came along, or a new one.
pub fn of(headers: &HeaderMap) -> String {
    given(headers).unwrap_or_else(made)
}

/// The id that came along, if it could be one: it goes into logs and audit entries.
fn given(headers: &HeaderMap) -> Option<String> {
    let text = caller::text(headers, NAME.as_str())?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let good = (8..=100).contains(&text.len()) && text.bytes().all(is_plain);
    good.then(|| text.to_owned())
}

/// A new one: this process, then its requests in turn.
fn made() -> String {
    static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one("request"));
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!(
        "{:016x}-{:08x}",
        *PROCESS,
        NEXT.fetch_add(1, Ordering::Relaxed)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_well_formed_id_is_taken_over() {
        let long = "x".repeat(101);
        for (text, taken) in [
            ("0188bac7-4afa-78aa-bc3b-bd1eef28d881", true),
            ("web_1.23456789", true),
            ("", false),
            ("short", false),
            ("with space", false),
            ("forged\u{22}line", false),
            (&long, false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(NAME, HeaderValue::from_str(text).unwrap());
            assert_eq!(given(&headers).is_some(), taken, "{text}");
        }
        assert_eq!(given(&HeaderMap::new()), None);
    }

    #[test]
    fn every_id_is_another() {
        let (one, two) = (made(), made());
        assert_ne!(one, two);
        assert_eq!(one.len(), 25);
    }
}
