//! `If-None-Match` (RFC 9110, 13.1.2): a cache that has the answer already is told so, in no words.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Headers that a 304 repeats.
const REPEATED: &[header::HeaderName] = &[header::ETAG, header::CACHE_CONTROL, header::VARY];

/// The response, or that what the client has is still the same. For GET only.
pub fn unless_same(headers: &HeaderMap, response: Response) -> Response {
    let tag = response.headers().get(header::ETAG);
    let Some(tag) = tag.filter(|_| response.status() == StatusCode::OK) else {
        return response;
    };
    if !has(headers, tag) {
        return response;
    }
    let mut same = StatusCode::NOT_MODIFIED.into_response();
    for name in REPEATED {
        if let Some(value) = response.headers().get(name) {
            same.headers_mut().insert(name, value.clone());
        }
    }
    same
}

/// Whether the client has what goes by this tag; strong or weak makes no difference here.
fn has(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let tag = tag.to_str().map(opaque).unwrap_or_default();
    let lists = headers.get_all(header::IF_NONE_MATCH).iter();
    let tags = lists.filter_map(|list| list.to_str().ok());
    let mut tags = tags.flat_map(|list| list.split(',')).map(str::trim);
    tags.any(|one| one == "*" || opaque(one) == tag)
}

fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sent: &[&'static str], status: StatusCode) {
        let mut headers = HeaderMap::new();
        for value in sent {
            headers.append(header::IF_NONE_MATCH, HeaderValue::from_static(value));
        }
        for ours in ["\"a\"", "W/\"a\""] {
            let response = ([(header::ETAG, ours)], "body").into_response();
            let got = unless_same(&headers, response).status();
            assert_eq!(got, status, "{sent:?} for {ours}");
        }
    }

    #[test]
    fn a_tag_is_found_wherever_it_stands() {
        for sent in [
            &["\"a\""][..],
            &["W/\"a\""],
            &["\"b\", \"a\""],
            &["\"b\"", "\"a\""],
            &["*"],
        ] {
            check(sent, StatusCode::NOT_MODIFIED);
        }
        for sent in [&[][..], &["\"b\""], &["a"], &["\"a"]] {
            check(sent, StatusCode::OK);
        }
    }

    #[test]
    fn an_answer_without_a_tag_is_never_the_same() {
        let mut headers = HeaderMap::new();
        headers.append(header::IF_NONE_MATCH, HeaderValue::from_static("*"));
        assert_eq!(
            unless_same(&headers, "body".into_response()).status(),
            StatusCode::OK
        );
    }
}
