//! Amounts as people write them into spreadsheets.
//!
//! What can be read in two ways is refused: a price that is wrong by a factor of a thousand costs
//! more than a question.

use crate::kernel::money::{Currency, Money, MoneyError};

/// Why a text is no amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Two readings.
    #[error("\"{text}\" could be {small} or {large}: write it as one of them")]
    Ambiguous {
        /// As it stands in the file.
        text: String,
        /// Read with a decimal mark.
        small: String,
        /// Read with a mark between thousands.
        large: String,
    },
    /// Below nothing.
    #[error("\"{0}\" is below zero")]
    Negative(String),
    /// Not a number, too fine or too large.
    #[error("{0}")]
    Money(#[from] MoneyError),
}

/// Reads `9.99`, `50`, `12,50`, `1,299.00`, `1.299,00`, `1 299.00`; refuses `1,299` where it could
/// be either.
pub fn amount(text: &str, currency: Currency) -> Result<Money, AmountError> {
    let text = text.trim();
    if text.starts_with('-') {
        return Err(AmountError::Negative(shown(text)));
    }
    let plain = plain(text, currency.exponent())?;
    Ok(Money::parse(&plain, currency)?)
}

/// The same in plain decimal notation.
fn plain(text: &str, exponent: u32) -> Result<String, AmountError> {
    let bad = || MoneyError::NotANumber(shown(text));
    let compact: String = text
        .chars()
        .filter(|one| !matches!(one, ' ' | '\u{a0}' | '\u{202f}' | '\''))
        .collect();
    let marks: Vec<char> = compact
        .chars()
        .filter(|one| !one.is_ascii_digit())
        .collect();
    let decimal = match marks.as_slice() {
        [] => return Ok(compact),
        [mark @ ('.' | ',')] => {
            let (whole, fraction) = compact.split_once(*mark).unwrap_or((&compact, ""));
            let thousands = fraction.len() == 3 && (1..=3).contains(&whole.len()) && whole != "0";
            if thousands && exponent != 3 {
                return Err(AmountError::Ambiguous {
                    text: shown(text),
                    small: format!("{whole}.{fraction}"),
                    large: format!("{whole}{fraction}.00"),
                });
            }
            Some(*mark)
        }
        [first @ ('.' | ','), rest @ ..] => match rest.split_last() {
            Some((last, between)) if between.iter().all(|mark| mark == first) => {
                (last != first).then_some(*last)
            }
            _ => return Err(bad().into()),
        },
        _ => return Err(bad().into()),
    };
    let (whole, fraction) = match decimal {
        Some(mark) => compact.rsplit_once(mark).ok_or_else(bad)?,
        None => (compact.as_str(), ""),
    };
    let mut groups = whole.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(['.', ',']);
    let good = groups.all(|group| group.len() == 3) && (!grouped || (1..=3).contains(&first.len()));
    if !good || (decimal.is_some() && fraction.is_empty()) {
        return Err(bad().into());
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let whole = if whole.is_empty() { "0" } else { &whole };
    Ok(match fraction {
        "" => whole.to_owned(),
        _ => format!("{whole}.{fraction}"),
    })
}

fn shown(text: &str) -> String {
    text.chars().take(32).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, currency: &str) -> Result<i64, String> {
        let money = amount(text, currency.parse().unwrap());
        money
            .map(|money| money.minor)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn one_reading_is_taken() {
        for (text, minor) in [
            ("9.99", 999),
            ("50", 5_000),
            (" 50.5 ", 5_050),
            (".99", 99),
            ("12,50", 1_250),
            ("1,299.00", 129_900),
            ("1.299,00", 129_900),
            ("1 299.00", 129_900),
            ("1'299.00", 129_900),
            ("1,234,567.89", 123_456_789),
            ("1,234,567", 123_456_700),
            ("19.9900", 1_999),
            ("0.500", 50),
            ("1299.000", 129_900),
            ("0", 0),
        ] {
            assert_eq!(read(text, "EUR"), Ok(minor), "{text}");
        }
        assert_eq!(read("9.990", "KWD"), Ok(9_990));
        assert_eq!(read("500", "JPY"), Ok(500));
    }

    #[test]
    fn two_readings_and_none_are_refused() {
        for text in [
            "1,299",
            "1.299",
            "$9.99",
            "9.99 EUR",
            "",
            "free",
            "-1",
            "1e3",
            "9.",
            "1,29,9.00",
            "1.2.3",
            "1,299.00,00",
            "9.999.99",
            "0.001",
            "NaN",
            "+5",
            "1.234.56,7",
        ] {
            assert!(read(text, "EUR").is_err(), "{text}");
        }
        assert!(read("1,299", "EUR").unwrap_err().contains("1299.00"));
        assert!(read("99999999999999999999", "EUR").is_err());
        assert!(read("1.5", "JPY").is_err());
    }

    proptest! {
        #[test]
        fn what_money_prints_is_read_back(minor in 0_i64..100_000_000) {
            for currency in ["EUR", "JPY", "KWD"] {
                let money = Money::new(minor, currency.parse().unwrap());
                prop_assert_eq!(read(&money.amount(), currency), Ok(minor));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,24}|[0-9.,' -]{0,24}") {
            let _ = read(&text, "EUR");
        }
    }
}
