//! Headers → [`Caller`].

use std::borrow::Cow;

use axum::http::{HeaderMap, HeaderName};

use crate::db::Reader;
use crate::domain::access::Tokens;
use crate::kernel::caller::Caller;
use crate::kernel::clock::Instant;
use crate::kernel::error::Fault;
use crate::kernel::secret::SecretHash;

/// The header's text, if there is one of reasonable size.
pub fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .filter(|text| text.len() <= 4096)
}

/// A header that may come in several parts, joined; what is no text counts as nothing.
pub fn list(headers: &HeaderMap, name: HeaderName) -> Option<Cow<'_, str>> {
    let mut parts = headers
        .get_all(name)
        .iter()
        .map(|part| part.to_str().unwrap_or_default());
    let first = parts.next()?;
    let joined = |sum: Cow<'_, str>, part: &str| Cow::Owned(format!("{sum},{part}"));
    Some(parts.fold(Cow::Borrowed(first), joined))
}

/// A caller without a token: request id, secrets of cart and order, dry run.
pub fn guest(headers: &HeaderMap, request_id: String) -> Caller {
    let mut caller = Caller::guest(request_id);
    caller.cart_secret = text(headers, "x-cart-token").map(SecretHash::of);
    caller.order_secret = text(headers, "x-order-token").map(SecretHash::of);
    caller.dry_run = text(headers, "x-dry-run").is_some_and(|text| text == "true");
    caller
}

/// Who the token says they are. A token that does not hold ends the request: nobody is taken for a
/// guest by mistake.
pub async fn identify(
    caller: &mut Caller,
    headers: &HeaderMap,
    tokens: &Tokens,
    read: &Reader,
    real: Instant,
) -> Result<(), Fault> {
    if let Some(token) = bearer(headers)? {
        let (bearer, until) = tokens.verify(read, token, real).await?;
        caller.until = Some(until);
        caller.actor = bearer.actor();
        caller.role = bearer.role;
        caller.session = bearer.session;
    }
    Ok(())
}

/// The token of `Authorization: Bearer`, if there is that header.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Fault> {
    let mut given = headers.get_all("authorization").iter();
    let Some(header) = given.next() else {
        return Ok(None);
    };
    let text = header.to_str().ok().filter(|_| given.next().is_none());
    let (scheme, token) = text
        .and_then(|text| text.split_once(' '))
        .unwrap_or_default();
    if scheme.eq_ignore_ascii_case("bearer") {
        Ok(Some(token.trim()))
    } else {
        let why = "the header Authorization must be Bearer and a token, once";
        Err(Fault::Unauthenticated(why))
    }
}
