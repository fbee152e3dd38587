//! Checked strings: what is parsed once need not be checked again.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::card;

/// Why a text is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing in it.
    #[error("must not be empty")]
    Empty,
    /// Beyond its bound.
    #[error("must have at most {0} characters")]
    TooLong(usize),
    /// The wrong form.
    #[error("{0}")]
    Form(&'static str),
}

/// Trims `text` and checks that it has 1 to `max` characters and no control characters
/// other than line breaks and tabs.
pub fn line(text: &str, max: usize) -> Result<String, TextError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(TextError::Empty);
    }
    optional(trimmed, max)
}

/// As [`line()`], but may be empty.
pub fn optional(text: &str, max: usize) -> Result<String, TextError> {
    let trimmed = text.trim();
    if trimmed.chars().count() > max {
        return Err(TextError::TooLong(max));
    }
    if trimmed
        .chars()
        .any(|one| one.is_control() && !matches!(one, '\n' | '\r' | '\t'))
    {
        return Err(TextError::Form("must not contain control characters"));
    }
    Ok(trimmed.to_owned())
}

macro_rules! checked {
    ($(#[doc = $doc:literal])+ $name:ident, $parse:path) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(String);

        impl $name {
            /// Reads and checks.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                $parse(text).map(Self)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, owned.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

checked! {
    /// Part of an address on the web: lower-case letters, digits and single hyphens, at most 200.
    Slug, slug
}
checked! {
    /// What people call a thing: 1 to 255 characters on one line.
    Title, title
}
checked! {
    /// An id that another system gave, or a bar code: 1 to 255 visible characters.
    Reference, title
}
checked! {
    /// Stock keeping unit: 1 to 100 visible characters.
    Sku, sku
}
checked! {
    /// Short code of a channel, location or method: letters, digits, `-`, `_`, at most 40.
    ShortCode, code
}
checked! {
    /// An email address, domain in lower case.
    Email, email
}
checked! {
    /// ISO 3166-1 alpha-2, in capitals.
    Country, country
}
checked! {
    /// A language tag such as `en` or `de-CH`.
    Language, language
}
checked! {
    /// Why somebody does something, in their words: 1 to 500 characters, no card number.
    Reason, reason
}
checked! {
    /// A payment provider's token for the means of payment: 1 to 255 characters, no card number.
    PaymentToken, payment_token
}
checked! {
    /// A telephone number: 5 to 15 digits, with its country's code (`+49…`) or without.
    Phone, phone
}

impl Email {
    /// What two spellings of one mailbox have in common: lower case throughout.
    pub fn normal(&self) -> String {
        self.0.to_lowercase()
    }
}

fn reason(text: &str) -> Result<String, TextError> {
    without_card(line(text, 500)?)
}

fn payment_token(text: &str) -> Result<String, TextError> {
    let text = line(text, 255)?;
    if text.chars().any(|one| one.is_control() || one == ' ') {
        return Err(TextError::Form("must not contain spaces"));
    }
    without_card(text)
}

fn without_card(text: String) -> Result<String, TextError> {
    if card::is_in(&text) {
        return Err(TextError::Form("must not contain a card number"));
    }
    Ok(text)
}

fn slug(text: &str) -> Result<String, TextError> {
    let text = line(text, 200)?;
    let good = text
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !good || text.starts_with('-') || text.ends_with('-') || text.contains("--") {
        return Err(TextError::Form(
            "must be lower-case letters, digits and single hyphens",
        ));
    }
    Ok(text)
}

fn title(text: &str) -> Result<String, TextError> {
    let text = line(text, 255)?;
    if text.chars().any(char::is_control) {
        return Err(TextError::Form("must not contain line breaks"));
    }
    Ok(text)
}

fn sku(text: &str) -> Result<String, TextError> {
    let text = line(text, 100)?;
    if text.chars().any(char::is_control) {
        return Err(TextError::Form("must not contain line breaks"));
    }
    Ok(text)
}

fn code(text: &str) -> Result<String, TextError> {
    let text = line(text, 40)?;
    if !text
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    {
        return Err(TextError::Form(
            "must be letters, digits, hyphens and underscores",
        ));
    }
    Ok(text)
}

fn email(text: &str) -> Result<String, TextError> {
    let text = line(text, 254)?;
    let bad = TextError::Form("is not an email address");
    let Some((local, domain)) = text.rsplit_once('@') else {
        return Err(bad);
    };
    let local_good = !local.is_empty()
        && local.len() <= 64
        && !local
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "\"<>(),;:\\@[]".contains(c));
    let label_good = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let dots_good = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    if local_good && dots_good && domain.contains('.') && domain.split('.').all(label_good) {
        return Ok(format!("{local}@{}", domain.to_lowercase()));
    }
    Err(bad)
}

fn country(text: &str) -> Result<String, TextError> {
    let good = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
    if good && rust_iso3166::from_alpha2(text).is_some() {
        return Ok(text.to_owned());
    }
    Err(TextError::Form(
        "is not a country code of ISO 3166-1, like DE or US",
    ))
}

fn language(text: &str) -> Result<String, TextError> {
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    let good = |part: &str| {
        (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let lower = primary.bytes().all(|b| b.is_ascii_lowercase());
    if lower && (2..=3).contains(&primary.len()) && parts.all(good) && text.len() <= 16 {
        return Ok(text.to_owned());
    }
    Err(TextError::Form("is not a language tag, like en or de-CH"))
}

/// Spaces and punctuation go away; `00` in front becomes `+`.
fn phone(text: &str) -> Result<String, TextError> {
    let text = line(text, 40)?;
    let (plus, rest) = match text.strip_prefix('+').or_else(|| text.strip_prefix("00")) {
        Some(rest) => ("+", rest),
        None => ("", text.as_str()),
    };
    let spare = |c: &char| " -()./".contains(*c);
    let digits: String = rest.chars().filter(|c| !spare(c)).collect();
    if (5..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(format!("{plus}{digits}"));
    }
    Err(TextError::Form(
        "is not a telephone number, like +49 30 1234567",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T>(parse: fn(&str) -> Result<T, TextError>, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(parse(text).is_ok(), "{text} should be taken");
        }
        for text in bad {
            assert!(parse(text).is_err(), "{text:?} should be refused");
        }
    }

    #[test]
    fn each_kind_of_text_takes_its_form_only() {
        let long = "a".repeat(300);
        check(
            Slug::parse,
            &["mug", "mug-2"],
            &["", "Mug", "a--b", "-a", "a b", &long],
        );
        check(Title::parse, &["Mug", " a b "], &["", "a\nb", &long]);
        check(Sku::parse, &["A-1", "ü 1"], &["", " ", "a\nb", &long]);
        check(ShortCode::parse, &["eu", "A_b-1"], &["", "a b", &long]);
        check(
            Email::parse,
            &["a@b.de", "x.y+z@Sub.Example.com"],
            &[
                "",
                "a@b",
                "a b@c.de",
                "@b.de",
                "a@-b.de",
                "a..b@c.de",
                &long,
            ],
        );
        check(Country::parse, &["DE", "US"], &["", "de", "XX", "DEU"]);
        check(
            Language::parse,
            &["en", "de-CH"],
            &["", "EN", "e", "en_US", &long],
        );
    }

    #[test]
    fn a_telephone_number_is_stored_without_its_punctuation() {
        for (text, stored) in [
            ("+49 (30) 123-45.67", "+49301234567"),
            ("0049 30 1234567", "+49301234567"),
            ("030/1234567", "0301234567"),
        ] {
            assert_eq!(Phone::parse(text).unwrap().as_str(), stored);
        }
        check(
            Phone::parse,
            &["12345"],
            &["", "+", "1234", "call me", "+1 ext 5", &"1".repeat(16)],
        );
    }

    #[test]
    fn the_domain_of_an_email_is_lower_case_and_its_normal_form_all_of_it() {
        let email = Email::parse("Ann@Example.COM").unwrap();
        assert_eq!(
            (email.as_str(), email.normal().as_str()),
            ("Ann@example.com", "ann@example.com")
        );
    }
}
