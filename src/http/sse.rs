//! GraphQL over server-sent events, as the npm package graphql-sse has it ("distinct connections"):
//! an operation a request, its answers as `next` events, `complete` at the end.
//!
//! Errors come as events too, for a browser's `EventSource` shows nothing of a response that is no
//! stream. Deliberately absent: reservations ("single connection").

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;

use super::{Front, caller, live};
use crate::graphql::{Operation, Reached};

const MEDIA: &str = "text/event-stream";

/// Whether the client takes an event stream. Those that take other answers as well are given one
/// for a subscription only.
pub fn is_taken(headers: &HeaderMap) -> bool {
    let accept = caller::text(headers, "accept").unwrap_or_default();
    let mut media = accept.split(',').map(|range| {
        let range = range.split(';').next().unwrap_or_default();
        range.trim()
    });
    media.any(|media| media.eq_ignore_ascii_case(MEDIA))
}

/// Answers with a stream of events.
pub fn answer(front: &Front, headers: HeaderMap, operation: Operation) -> Response {
    let Ok(seat) = front.live.seats.clone().try_acquire_owned() else {
        let text = "There are too many streams; try again in a moment.\n";
        let later = [(header::RETRY_AFTER, "5")];
        return (StatusCode::SERVICE_UNAVAILABLE, later, text).into_response();
    };
    let answers = live::answers(front, headers, operation);
    let beat = front.live.bounds.beat;
    let events = events(answers, beat, front.live.closing.clone());
    let events = events.map(move |event| {
        // The stream has its seat until it ends.
        let _ = &seat;
        Ok::<Bytes, Infallible>(event)
    });
    let mut response = Body::from_stream(events).into_response();
    for (name, value) in [
        (
            header::CONTENT_TYPE.as_str(),
            "text/event-stream; charset=utf-8",
        ),
        (header::CACHE_CONTROL.as_str(), "no-cache, no-transform"),
        // What stands between must not wait for the end.
        ("x-accel-buffering", "no"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

struct Events {
    answers: BoxStream<'static, Reached>,
    beats: Interval,
    closing: CancellationToken,
    over: bool,
}

/// The answers as events, with a comment where nothing else is sent for long.
fn events(
    answers: BoxStream<'static, Reached>,
    beat: Duration,
    closing: CancellationToken,
) -> impl Stream<Item = Bytes> + Send {
    let mut beats = interval_at(Instant::now() + beat, beat);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let events = Events {
        answers,
        beats,
        closing,
        over: false,
    };
    stream::unfold(events, |mut events| async move {
        if events.over {
            return None;
        }
        let event = tokio::select! {
            reached = events.answers.next() => if let Some(reached) = reached {
                next(&reached.json)
            } else {
                events.over = true;
                Bytes::from_static(b"event: complete\ndata:\n\n")
            },
            _ = events.beats.tick() => Bytes::from_static(b":\n\n"),
            // Not complete: clients come again, elsewhere perhaps.
            () = events.closing.cancelled() => return None,
        };
        Some((event, events))
    })
}

/// JSON as we write it has no line breaks.
fn next(json: &[u8]) -> Bytes {
    [b"event: next\ndata: ".as_slice(), json, b"\n\n"]
        .concat()
        .into()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::is_taken;

    #[test]
    fn a_stream_is_taken_by_those_who_say_so() {
        for (accept, taken) in [
            ("text/event-stream", true),
            ("application/json, TEXT/event-stream;q=0.5", true),
            ("text/event-stream, multipart/mixed", true),
            ("*/*", false),
            ("text/*", false),
            ("application/json", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("accept", HeaderValue::from_static(accept));
            assert_eq!(is_taken(&headers), taken, "{accept}");
        }
        assert!(!is_taken(&HeaderMap::new()));
    }
}
