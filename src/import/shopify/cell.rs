//! What a cell says: yes or no, how many, how heavy.

/// Yes or no; nothing where the cell is blank.
pub(super) fn flag(text: &str) -> Result<Option<bool>, String> {
    match text.to_lowercase().as_str() {
        "" => Ok(None),
        "true" | "yes" | "1" => Ok(Some(true)),
        "false" | "no" | "0" => Ok(Some(false)),
        _ => Err(format!("\"{}\" is neither true nor false", short(text))),
    }
}

/// The most pieces of one variant.
const PIECES_MAX: i64 = 1_000_000_000;

/// Pieces, perhaps below zero; nothing where the cell is blank.
pub(super) fn pieces(text: &str) -> Result<Option<i64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let whole = text.strip_suffix(".0").unwrap_or(text);
    match whole.parse::<i64>() {
        Ok(count) if (-PIECES_MAX..=PIECES_MAX).contains(&count) => Ok(Some(count)),
        Ok(_) | Err(_) => Err(format!("\"{}\" is not a number of pieces", short(text))),
    }
}

/// The heaviest that is taken: a thousand tonnes.
const GRAMS_MAX: i64 = 1_000_000_000;

/// Grams, rounded up to whole ones; unknown where the cell is blank or zero.
pub(super) fn grams(text: &str) -> Result<Option<i64>, String> {
    let bad = || format!("\"{}\" is not a weight in grams", short(text));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() && fraction.is_empty() {
        return if text.is_empty() {
            Ok(None)
        } else {
            Err(bad())
        };
    }
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(bad());
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let parsed: i64 = whole.parse().map_err(|_| bad())?;
    let grams = parsed.saturating_add(i64::from(fraction.contains(|digit| digit != '0')));
    if parsed < 0 || grams > GRAMS_MAX {
        return Err(bad());
    }
    Ok((grams > 0).then_some(grams))
}

/// Without the apostrophe that keeps a spreadsheet from reading a number.
pub(super) fn number_text(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|one: char| one.is_ascii_digit()) => rest,
        Some(_) | None => text,
    }
}

/// Enough of a text to find it again.
pub(super) fn short(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_people_write_them() {
        for (text, read) in [
            ("", Ok(None)),
            ("TRUE", Ok(Some(true))),
            ("no", Ok(Some(false))),
        ] {
            assert_eq!(flag(text), read);
        }
        assert!(flag("perhaps").is_err());
        for (text, read) in [
            ("", None),
            ("0", Some(0)),
            ("-3", Some(-3)),
            ("12.0", Some(12)),
        ] {
            assert_eq!(pieces(text), Ok(read), "{text}");
        }
        for text in ["many", "1.5", "9999999999", "1e3"] {
            assert!(pieces(text).is_err(), "{text}");
        }
        for (text, read) in [
            ("", None),
            ("0", None),
            ("0.0", None),
            ("250", Some(250)),
            ("0.2", Some(1)),
            (".5", Some(1)),
            ("250.00", Some(250)),
        ] {
            assert_eq!(grams(text), Ok(read), "{text}");
        }
        for text in [
            "-1",
            "heavy",
            ".",
            "1.2.3",
            "99999999999",
            "9223372036854775807.5",
        ] {
            assert!(grams(text).is_err(), "{text}");
        }
        assert_eq!(number_text("'0012"), "0012");
        assert_eq!(number_text("'tis"), "'tis");
    }
}
