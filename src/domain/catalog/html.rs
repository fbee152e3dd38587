//! Descriptions: HTML that can be shown on a page without fear.

use serde::Serialize;

use crate::kernel::text::TextError;

/// The most bytes a description may have.
pub const BYTES_MAX: usize = 256 * 1024;

/// Sanitized HTML: no scripts, no styles, no handlers, no foreign frames.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Html(String);

impl Html {
    /// Keeps what is harmless of `text` and drops the rest.
    pub fn sanitize(text: &str) -> Result<Self, TextError> {
        let text = text.trim();
        if text.len() > BYTES_MAX {
            return Err(TextError::TooLong(BYTES_MAX));
        }
        if text.contains(['<', '>', '&', '\0', '"']) {
            return Ok(Self(ammonia::clean(text)));
        }
        // Without markup there is nothing to clean, and most imports have much of it.
        Ok(Self(text.to_owned()))
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_is_dropped_and_the_rest_kept() {
        for (given, kept) in [
            ("<p>A <b>mug</b>.</p>", "<p>A <b>mug</b>.</p>"),
            ("<script>alert(1)</script>mug", "mug"),
            (
                "<a onclick=x href=\"javascript:y\">a</a>",
                "<a rel=\"noopener noreferrer\">a</a>",
            ),
            ("plain text", "plain text"),
            ("5 > 3 & 2", "5 &gt; 3 &amp; 2"),
        ] {
            assert_eq!(Html::sanitize(given).unwrap().as_str(), kept);
        }
        assert!(Html::sanitize(&"a".repeat(BYTES_MAX + 1)).is_err());
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for text in [
            "<p>a & b</p>",
            "<img src=x onerror=y>",
            "a \"quoted\" b",
            "<br>",
        ] {
            let once = Html::sanitize(text).unwrap();
            assert_eq!(Html::sanitize(once.as_str()).unwrap(), once);
        }
    }
}
