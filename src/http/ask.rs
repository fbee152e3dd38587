//! Headers → [`Ask`]: who asks, in which channel and language, with which key.

use axum::http::HeaderMap;

use super::{Front, caller};
use crate::graphql::{AppError, Ask, Operation, Place, Reached};
use crate::kernel::clock::Clock;
use crate::kernel::error::Refused;
use crate::kernel::text::Language;

/// What was answered before to a guest who asked the same; nothing is read and nobody looked up.
pub fn recalled(front: &Front, headers: &HeaderMap, operation: &Operation) -> Option<Reached> {
    if headers.contains_key("authorization") {
        return None;
    }
    let language = caller::text(headers, "accept-language").and_then(first_language);
    let place = place(headers, language.as_deref());
    front.api.recall(operation, place)
}

/// What came beside the operation.
pub async fn of(front: &Front, headers: &HeaderMap, request_id: String) -> Result<Ask, AppError> {
    let read = front.api.door().reader();
    let language = caller::text(headers, "accept-language").and_then(first_language);
    let place = place(headers, language.as_deref());
    let ticket = front.api.ticket(place);
    if front.sandbox {
        front.settle_clock(&read).await?;
    }
    let mut caller = caller::guest(headers, request_id);
    let tokens = &front.api.access().tokens;
    caller::identify(&mut caller, headers, tokens, &read, front.clock.real()).await?;
    let channel = front.api.channel(place).await?;
    if place.channel.is_some() && channel.is_none() {
        return Err(Refused::not_found("X-Channel", "channel").into());
    }
    let key = caller::text(headers, "idempotency-key").map(str::to_owned);
    Ok(Ask {
        caller,
        channel,
        language,
        key,
        ticket,
    })
}

fn place<'a>(headers: &'a HeaderMap, language: Option<&'a str>) -> Place<'a> {
    let afresh = caller::text(headers, "cache-control");
    Place {
        channel: caller::text(headers, "x-channel"),
        language,
        token: caller::text(headers, "x-consistency-token"),
        afresh: afresh.is_some_and(|text| text.contains("no-cache")),
    }
}

/// The first language tag of an `Accept-Language` header that we can use.
fn first_language(header: &str) -> Option<String> {
    let tags = header
        .split(',')
        .filter_map(|part| part.split(';').next())
        .map(str::trim);
    tags.filter_map(|tag| Language::parse(tag).ok())
        .map(Language::into_string)
        .next()
}
