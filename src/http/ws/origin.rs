//! Whether the page that opens a socket may: browsers ask nobody before they do, so the server has
//! to look at the `Origin` they send. Whoever is no browser sends none.

use axum::http::{HeaderMap, Uri, header};

use crate::http::caller;

/// No page, a page of our own, or one of the origins that may call the API anyway.
pub fn is_welcome(headers: &HeaderMap, allowed: &[String]) -> bool {
    if !headers.contains_key(header::ORIGIN) {
        return true;
    }
    let Some(origin) = caller::text(headers, "origin") else {
        return false;
    };
    if allowed.iter().any(|one| one == "*" || one == origin) {
        return true;
    }
    let own = caller::text(headers, "host");
    let host = origin.parse::<Uri>().ok();
    let host = host.as_ref().and_then(|uri| uri.authority());
    matches!((host, own), (Some(host), Some(own)) if host.as_str().eq_ignore_ascii_case(own))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::is_welcome;

    fn welcome(origin: Option<&'static str>, allowed: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("shop.example:8080"));
        if let Some(origin) = origin {
            headers.insert("origin", HeaderValue::from_static(origin));
        }
        let allowed: Vec<String> = allowed.iter().map(|one| (*one).to_owned()).collect();
        is_welcome(&headers, &allowed)
    }

    #[test]
    fn only_pages_of_our_own_and_of_those_that_are_named_are_welcome() {
        assert!(welcome(None, &[]));
        assert!(welcome(Some("http://shop.example:8080"), &[]));
        assert!(welcome(
            Some("https://front.example"),
            &["https://front.example"]
        ));
        assert!(welcome(Some("https://front.example"), &["*"]));
        for foreign in [
            "http://shop.example",
            "https://evil.example",
            "https://shop.example:8080.evil.example",
            "https://front.example.evil.example",
            "null",
            "",
        ] {
            assert!(
                !welcome(Some(foreign), &["https://front.example"]),
                "{foreign}"
            );
        }
    }
}
