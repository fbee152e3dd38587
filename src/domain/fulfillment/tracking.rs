//! How a parcel can be followed.

use serde::Serialize;

use super::refusal::Refusal;

/// How a parcel can be followed, or that it cannot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tracking {
    /// It cannot.
    Untracked,
    /// By the carrier's number.
    Tracked {
        /// The carrier's number.
        number: String,
        /// Who carries it.
        carrier: String,
        /// Where to follow it.
        url: Option<String>,
    },
}

impl Tracking {
    /// Passes if a link to follow the parcel is one for the web.
    pub fn checked(self) -> Result<Self, Refusal> {
        let Self::Tracked { url: Some(url), .. } = &self else {
            return Ok(self);
        };
        let rest = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"));
        let good = rest.is_some_and(|rest| {
            !rest.is_empty() && !rest.starts_with('/') && !url.contains(char::is_whitespace)
        });
        if good { Ok(self) } else { Err(Refusal::NoLink) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_one_for_the_web() {
        for (url, good) in [
            (None, true),
            (Some("https://post.example/1"), true),
            (Some("http://post.example"), true),
            (Some("javascript:alert(1)"), false),
            (Some("https://"), false),
            (Some("https:///x"), false),
            (Some("https://a b"), false),
            (Some("post.example"), false),
        ] {
            let tracking = Tracking::Tracked {
                number: "1".to_owned(),
                carrier: "post".to_owned(),
                url: url.map(str::to_owned),
            };
            assert_eq!(tracking.checked().is_ok(), good, "{url:?}");
        }
        assert!(Tracking::Untracked.checked().is_ok());
    }
}
