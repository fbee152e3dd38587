//! Content negotiation: which media type an answer has, and which a body may have. Pure.
//!
//! By the working draft of GraphQL over HTTP: `application/graphql-response+json` for those who ask
//! for it, `application/json` for everybody else. Deliberately absent: status codes (`respond`).

use std::cmp::Reverse;

use mediatype::{MediaType, MediaTypeList, Name, ReadParams};

/// A media type of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`: the status code says whether anything ran.
    GraphqlResponse,
    /// `application/json`: 200 for every well-formed request.
    Json,
}

/// How well a media type fits what was asked for; the larger, the better.
type Fit = (u16, u8, Reverse<u8>);

impl Media {
    const ALL: [Self; 2] = [Self::GraphqlResponse, Self::Json];

    /// The value of `Content-Type`.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    fn is(self, media: &MediaType<'_>) -> bool {
        let suffix = media.suffix.as_ref().map(Name::as_str);
        let (subtype, ends) = match self {
            Self::GraphqlResponse => ("graphql-response", Some("json")),
            Self::Json => ("json", None),
        };
        let same = |a: Option<&str>, b: Option<&str>| match (a, b) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            (a, b) => a == b,
        };
        media.ty == "application" && media.subty == subtype && same(suffix, ends)
    }

    /// How precisely a range of `Accept` means this: by name, by `application/*`, by `*/*`.
    fn meant_by(self, range: &MediaType<'_>) -> Option<u8> {
        if self.is(range) {
            Some(2)
        } else if range.subty != "*" {
            None
        } else if range.ty == "application" {
            Some(1)
        } else {
            (range.ty == "*").then_some(0)
        }
    }

    /// Among equals: the newer one where both were named, else the one that old clients know.
    fn rank(self, precision: u8) -> Reverse<u8> {
        let named = precision == 2;
        Reverse(u8::from((self == Self::Json) == named))
    }

    fn fit(self, ranges: &[(MediaType<'_>, u16)]) -> Option<Fit> {
        let meant = ranges
            .iter()
            .filter_map(|(range, quality)| Some((self.meant_by(range)?, *quality)));
        // The most precise range decides, whatever the others say.
        let (precision, quality) = meant.max_by_key(|(precision, _)| *precision)?;
        (quality > 0).then(|| (quality, precision, self.rank(precision)))
    }
}

/// The media type that an `Accept` header asks for; nothing where it takes none of ours.
pub fn accepted(accept: Option<&str>) -> Option<Media> {
    let accept = accept.unwrap_or_default();
    if accept.trim().is_empty() {
        return Some(Media::Json);
    }
    let ranges: Vec<_> = MediaTypeList::new(accept)
        .filter_map(Result::ok)
        .filter(is_utf_8)
        .filter_map(|range| Some((range.clone(), quality(&range)?)))
        .collect();
    let fitting = Media::ALL
        .into_iter()
        .filter_map(|media| Some((media.fit(&ranges)?, media)));
    fitting.max_by_key(|(fit, _)| *fit).map(|(_, media)| media)
}

/// Whether a body of this `Content-Type` is JSON in UTF-8.
pub fn is_json(content_type: &str) -> bool {
    MediaType::parse(content_type.trim())
        .is_ok_and(|media| Media::Json.is(&media) && is_utf_8(&media))
}

fn is_utf_8(media: &MediaType<'_>) -> bool {
    param(media, "charset").is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8"))
}

/// The weight of a range in thousandths; nothing where it is no weight.
fn quality(range: &MediaType<'_>) -> Option<u16> {
    param(range, "q").map_or(Some(1000), |text| weight(&text))
}

/// A weight (RFC 9110, 12.4.2) in thousandths; nothing where it is none.
pub fn weight(text: &str) -> Option<u16> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = rest.len() <= 3 && rest.bytes().all(|digit| digit.is_ascii_digit());
    let thousandths = format!("{rest:0<3}")
        .parse::<u16>()
        .ok()
        .filter(|_| is_digits)?;
    match (whole, thousandths) {
        ("0", part) => Some(part),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

fn param(media: &MediaType<'_>, name: &str) -> Option<String> {
    let value = media.get_param(Name::new(name)?)?;
    Some(value.unquoted_str().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: Option<Media> = Some(Media::GraphqlResponse);
    const OLD: Option<Media> = Some(Media::Json);

    #[test]
    fn the_best_of_what_was_asked_for_is_answered() {
        for (accept, media) in [
            ("", OLD),
            ("  ", OLD),
            ("*/*", OLD),
            ("application/*", OLD),
            ("application/json", OLD),
            ("APPLICATION/JSON", OLD),
            ("application/json; charset=utf-8", OLD),
            ("application/json; charset=\"UTF-8\"", OLD),
            ("application/graphql-response+json", NEW),
            ("application/graphql-response+json; charset=utf-8", NEW),
            // What clients send: Apollo, urql, axios, a browser.
            (
                "application/graphql-response+json,application/json;q=0.9",
                NEW,
            ),
            (
                "application/graphql-response+json, application/graphql+json, application/json, \
                 text/event-stream, multipart/mixed",
                NEW,
            ),
            ("application/json, text/plain, */*", OLD),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
                OLD,
            ),
            // Weights.
            ("application/json, application/graphql-response+json", NEW),
            (
                "application/json, application/graphql-response+json;q=0.999",
                OLD,
            ),
            (
                "application/json;q=0.5, application/graphql-response+json;q=0.4",
                OLD,
            ),
            ("application/json;q=0, */*", NEW),
            ("application/json;q=0, application/*;q=0.1", NEW),
            ("application/graphql-response+json;q=0, */*", OLD),
            ("application/graphql-response+json;q=0.1, */*;q=0.1", NEW),
            // What cannot be read does not count.
            ("nonsense, application/json", OLD),
            (
                "application/json;q=2, application/graphql-response+json;q=0.1",
                NEW,
            ),
            ("application/json;q=x, */*;q=0.1", OLD),
            (
                "application/json; charset=utf-16, application/graphql-response+json",
                NEW,
            ),
        ] {
            assert_eq!(accepted(Some(accept)), media, "{accept}");
        }
        assert_eq!(accepted(None), OLD);
    }

    #[test]
    fn what_takes_none_of_ours_gets_none() {
        for accept in [
            "text/html",
            "image/*",
            "application/graphql+json",
            "application/xml",
            "*/*;q=0",
            "application/json;q=0",
            "application/json; charset=utf-16",
            "nonsense",
            "application/ld+json",
        ] {
            assert_eq!(accepted(Some(accept)), None, "{accept}");
        }
    }

    #[test]
    fn a_body_is_json_in_utf_8_or_none() {
        for (kind, takes) in [
            ("application/json", true),
            ("application/json; charset=utf-8", true),
            ("Application/JSON;charset=UTF-8", true),
            ("application/json; charset=\"utf-8\"", true),
            ("application/json; charset=utf-16", false),
            ("application/json; charset=iso-8859-1", false),
            ("application/graphql-response+json", false),
            ("application/graphql", false),
            ("application/vnd.api+json", false),
            ("text/plain", false),
            ("text/plain; application/json", false),
            ("application/x-www-form-urlencoded", false),
            ("multipart/form-data; boundary=x", false),
            ("", false),
        ] {
            assert_eq!(is_json(kind), takes, "{kind}");
        }
    }
}
