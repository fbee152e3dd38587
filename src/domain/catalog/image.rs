//! Where an image is: an address a browser can load, and nothing that could run.

use std::fmt;

use serde::Serialize;

use crate::kernel::text::{TextError, line};

/// The most images a product may have.
pub const IMAGES_MAX: usize = 250;

/// An absolute `http(s)` address, or a path on our own host.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct ImageUrl(String);

impl ImageUrl {
    /// Reads and checks.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = line(text, 2_000)?;
        let host = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        let absolute = host.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
        let path = text.starts_with('/') && !text.starts_with("//");
        let plain = !text.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\')
        });
        if plain && (absolute || path) {
            return Ok(Self(text));
        }
        Err(TextError::Form(
            "must be an address that begins with https:// or http://",
        ))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ImageUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_images_are_taken() {
        for good in ["https://a.b/c.jpg?v=1", "http://a/b", "/demo/mug.svg"] {
            assert!(ImageUrl::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a.jpg",
            "//a/b",
            "https://",
            "https:///a",
            "javascript:alert(1)",
            "data:image/png;base64,x",
            "https://a/b c",
            "https://a/\"onload=\"x",
        ] {
            assert!(ImageUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
