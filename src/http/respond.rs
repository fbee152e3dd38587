//! From what the graph reached to a response: media type, status, headers. By the working draft of
//! GraphQL over HTTP.
//!
//! Under `application/json` every well-formed request is answered with 200, for its clients take
//! another status for an answer of somebody on the way. Under `application/graphql-response+json`
//! the status says whether anything ran. What is no well-formed request is 4xx under both.

use std::time::Instant;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use super::body::NotTaken;
use super::coding::Coding;
use super::negotiate::Media;
use crate::graphql::{Outcome, Reached};
use crate::kernel::error::{Code, Refused};

/// What an answer depends on besides the address.
const VARY: &str = "accept, accept-encoding, accept-language, authorization, x-cart-token, x-channel, \
    x-consistency-token, x-order-token";

/// A request that never came to the graph.
#[derive(Debug)]
pub struct Unfit {
    status: StatusCode,
    code: Code,
    message: String,
    headers: Vec<(HeaderName, &'static str)>,
}

impl Unfit {
    /// Refuses with a sentence for developers.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            code: Code::BadRequest,
            message: message.into(),
            headers: Vec::new(),
        }
    }

    /// No such method at this address.
    pub fn method() -> Self {
        let refused = Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "GraphQL is asked by POST, or by GET for queries.",
        );
        refused.with(header::ALLOW, "GET, HEAD, POST")
    }

    /// No media type that the client takes.
    pub fn media() -> Self {
        let text = "Answers are application/graphql-response+json or application/json.";
        Self::new(StatusCode::NOT_ACCEPTABLE, text)
    }

    /// The answer, in a media type.
    pub fn into_response(self, media: Media, since: Instant) -> Response {
        let reached = Reached::refused(Refused::new(self.code, self.message));
        let mut response = respond(reached, media, None, since);
        *response.status_mut() = self.status;
        for (name, value) in self.headers {
            set(&mut response, name, value);
        }
        response
    }

    fn code(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    fn with(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl From<NotTaken> for Unfit {
    fn from(reason: NotTaken) -> Self {
        let refused = |code: Code, text: &str| Self::new(reason.status(), text).code(code);
        match reason {
            NotTaken::TooLarge(most) => {
                let text = format!("A body has at most {most} bytes.");
                refused(Code::LimitExceeded, &text).with(header::CONNECTION, "close")
            }
            NotTaken::TooSlow => refused(Code::Timeout, "The body did not arrive in time.")
                .with(header::CONNECTION, "close"),
            NotTaken::Broken => refused(Code::BadRequest, "The body broke off."),
            NotTaken::Full => refused(Code::Busy, "Too many large bodies at once.")
                .with(header::RETRY_AFTER, "1")
                .with(header::CONNECTION, "close"),
        }
    }
}

/// The answer to an operation, for a client that takes this coding.
pub fn respond(
    mut reached: Reached,
    media: Media,
    coding: Option<Coding>,
    since: Instant,
) -> Response {
    let packed = coding.and_then(|coding| Some((coding, packed(&reached, coding)?)));
    let status = status(reached.outcome, media);
    let timing = timing(since, &reached);
    // Weak, for the bytes that are sent may be compressed ones (RFC 9110, 8.8.1).
    let tag = reached
        .etag
        .and_then(|tag| HeaderValue::try_from(format!("W/{tag}")).ok());
    if let Some((_, bytes)) = &packed {
        reached.json = bytes.clone();
    }
    let mut response = (status, reached.json).into_response();
    if let Some((coding, _)) = packed {
        set(&mut response, header::CONTENT_ENCODING, coding.name());
    }
    set(&mut response, header::CONTENT_TYPE, media.content_type());
    set(&mut response, header::VARY, VARY);
    set(&mut response, header::CACHE_CONTROL, "no-store");
    set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    match status {
        StatusCode::METHOD_NOT_ALLOWED => set(&mut response, header::ALLOW, "POST"),
        StatusCode::UNAUTHORIZED => set(&mut response, header::WWW_AUTHENTICATE, "Bearer"),
        StatusCode::SERVICE_UNAVAILABLE => set(&mut response, header::RETRY_AFTER, "1"),
        _ => {}
    }
    if let Some(tag) = tag {
        set(&mut response, header::CACHE_CONTROL, "no-cache");
        response.headers_mut().insert(header::ETAG, tag);
    }
    if let Ok(value) = HeaderValue::try_from(timing) {
        response.headers_mut().insert("server-timing", value);
    }
    response
}

/// The packed form of an answer that was given before.
fn packed(reached: &Reached, coding: Coding) -> Option<Bytes> {
    let forms = reached.again.as_ref()?;
    forms.get(coding as usize, || coding.pack(&reached.json))
}

/// How long it took on our side, how many statements were run to read, and whether the answer was
/// given before.
fn timing(since: Instant, reached: &Reached) -> String {
    let total = since.elapsed().as_secs_f64() * 1000.0;
    let statements = reached.statements;
    let again = if reached.again.is_some() {
        ", cache;desc=\"hit\""
    } else {
        ""
    };
    format!("total;dur={total:.2}, db;desc=\"{statements} statements\"{again}")
}

fn set(response: &mut Response, name: HeaderName, value: &'static str) {
    let headers = response.headers_mut();
    headers.insert(name, HeaderValue::from_static(value));
}

fn status(outcome: Outcome, media: Media) -> StatusCode {
    match (outcome, media) {
        (Outcome::NotReadOnly, _) => StatusCode::METHOD_NOT_ALLOWED,
        (Outcome::Ran, _) | (Outcome::Refused(_), Media::Json) => StatusCode::OK,
        (Outcome::Refused(code), Media::GraphqlResponse) => match code {
            Code::Unauthenticated => StatusCode::UNAUTHORIZED,
            Code::Forbidden => StatusCode::FORBIDDEN,
            Code::Busy | Code::Unavailable | Code::Timeout => StatusCode::SERVICE_UNAVAILABLE,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_says_whether_anything_ran_to_those_who_look_at_it() {
        for (outcome, new, old) in [
            (Outcome::Ran, 200, 200),
            (Outcome::NotReadOnly, 405, 405),
            (Outcome::Refused(Code::BadRequest), 400, 200),
            (Outcome::Refused(Code::LimitExceeded), 400, 200),
            (Outcome::Refused(Code::NotFound), 400, 200),
            (Outcome::Refused(Code::Unauthenticated), 401, 200),
            (Outcome::Refused(Code::Forbidden), 403, 200),
            (Outcome::Refused(Code::Busy), 503, 200),
            (Outcome::Refused(Code::Timeout), 503, 200),
            (Outcome::Refused(Code::Internal), 500, 200),
        ] {
            assert_eq!(status(outcome, Media::GraphqlResponse), new, "{outcome:?}");
            assert_eq!(status(outcome, Media::Json), old, "{outcome:?}");
        }
    }
}
