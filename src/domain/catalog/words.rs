//! The words under which a product is found: lower case, folded to ASCII letters and digits.

use std::collections::BTreeSet;

/// The most words a product is found under.
pub const TERMS_MAX: usize = 400;
/// The longest word that is kept; the rest of it is cut off.
const LENGTH_MAX: usize = 40;

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<String> {
    deunicode::deunicode(text)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.chars()
                .take(LENGTH_MAX)
                .collect::<String>()
                .to_ascii_lowercase()
        })
        .collect()
}

/// The distinct words of several texts, at most [`TERMS_MAX`].
pub fn terms<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    texts.into_iter().flat_map(words).take(TERMS_MAX).collect()
}

/// The bounds of all words that begin with `prefix`: from here, up to but without there. Nothing
/// above where the prefix is all `z`. Holds in any collation that puts digits before letters and
/// letters in their order.
pub fn prefix_bounds(prefix: &str) -> (String, Option<String>) {
    let mut above: Vec<u8> = prefix.bytes().collect();
    while let Some(last) = above.pop() {
        let next = match last {
            b'z' => continue,
            b'9' => b'a',
            other => other + 1,
        };
        above.push(next);
        return (prefix.to_owned(), String::from_utf8(above).ok());
    }
    (prefix.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_folded_and_cut_at_whatever_is_no_letter_or_digit() {
        for (text, expected) in [
            ("Crème-Brûlée 2 go", vec!["creme", "brulee", "2", "go"]),
            ("MUG-RED/XL", vec!["mug", "red", "xl"]),
            ("  ", vec![]),
            ("Straße", vec!["strasse"]),
        ] {
            assert_eq!(words(text), expected);
        }
        assert_eq!(words(&"a".repeat(99))[0].len(), LENGTH_MAX);
    }

    #[test]
    fn terms_are_distinct_and_bounded() {
        assert_eq!(terms(["a b", "B c"]).len(), 3);
        let many: String = (0..1_000).map(|n| format!("w{n} ")).collect();
        assert_eq!(terms([many.as_str()]).len(), TERMS_MAX);
    }

    proptest! {
        #[test]
        fn the_bounds_hold_exactly_the_words_that_begin_so(
            prefix in "[a-z0-9]{1,6}", word in "[a-z0-9]{1,8}"
        ) {
            let (from, to) = prefix_bounds(&prefix);
            let inside = word >= from && to.as_ref().is_none_or(|to| word < *to);
            prop_assert_eq!(inside, word.starts_with(&prefix));
        }
    }
}
