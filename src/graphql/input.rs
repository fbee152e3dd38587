//! From what clients type to checked types; every failure names its path.

use crate::kernel::error::Refused;
use crate::kernel::text::{self, TextError};

/// The most entries a list of an input may have.
pub const LIST_MAX: usize = 250;

/// Parses with any of the checked strings: `parsed("input.slug", &slug, Slug::parse)`.
pub fn parsed<T>(
    path: &str,
    text: &str,
    parse: impl Fn(&str) -> Result<T, TextError>,
) -> Result<T, Refused> {
    parse(text).map_err(|error| Refused::invalid(path, sentence(&error)))
}

/// A line of 1 to `max` characters.
pub fn line(path: &str, given: &str, max: usize) -> Result<String, Refused> {
    parsed(path, given, |given| text::line(given, max))
}

/// A text of up to `max` characters, perhaps empty.
pub fn optional(path: &str, given: &str, max: usize) -> Result<String, Refused> {
    parsed(path, given, |given| text::optional(given, max))
}

/// Applies `parse` to each entry of a bounded list, with its path.
pub fn each<I, T>(
    path: &str,
    list: &[I],
    parse: impl Fn(&str, &I) -> Result<T, Refused>,
) -> Result<Vec<T>, Refused> {
    if list.len() > LIST_MAX {
        return Err(Refused::invalid(
            path,
            format!("At most {LIST_MAX} entries at once."),
        ));
    }
    let with_path = |(index, one)| parse(&format!("{path}.{index}"), one);
    list.iter().enumerate().map(with_path).collect()
}

fn sentence(error: &TextError) -> String {
    format!("The value {error}.")
}
