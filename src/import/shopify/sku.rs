//! A number for a variant that has none: made of the handle and its option values.
//!
//! The same handle and values give the same number for ever, so that importing again finds the
//! variant. `_` stands between the parts, because no part can hold one; where a part loses
//! something on its way into letters and digits, a piece of a hash tells it apart.

use crate::kernel::secret::sha256_hex;

/// As `kernel::text::Sku` bounds it.
const MAX: usize = 100;

/// At most 100 characters.
pub(super) fn made(slug: &str, values: &[String]) -> String {
    let parts: Vec<String> = values.iter().map(slug::slugify).collect();
    let kept = values
        .iter()
        .zip(&parts)
        .all(|(value, part)| value.to_lowercase().replace(' ', "-") == *part);
    let mut plain = slug.to_owned();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        plain.push('_');
        plain.push_str(part);
    }
    if kept && plain.len() <= MAX {
        return plain;
    }
    told_apart(&plain, slug, values)
}

/// The number with a hash of exactly what it is made of.
pub(super) fn told_apart(plain: &str, slug: &str, values: &[String]) -> String {
    let exact = format!("{slug}\n{}", values.join("\n"));
    let hash: String = sha256_hex(exact.as_bytes()).chars().take(8).collect();
    let room = MAX - hash.len() - 1;
    let start: String = plain.chars().take(room).collect();
    format!("{start}_{hash}")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::kernel::text::Sku;

    fn of(slug: &str, values: &[&str]) -> String {
        let values: Vec<String> = values.iter().map(|&value| value.to_owned()).collect();
        made(slug, &values)
    }

    #[test]
    fn it_is_readable_where_it_can_be() {
        assert_eq!(of("clay-pot", &[]), "clay-pot");
        assert_eq!(
            of("clay-pot", &["Extra Large", "red"]),
            "clay-pot_extra-large_red"
        );
    }

    #[test]
    fn what_would_read_alike_is_told_apart() {
        let all = [
            of("a", &["b", "c"]),
            of("a-b", &["c"]),
            of("a", &["b-c"]),
            of("a", &["B/C"]),
            of("a", &["10\""]),
            of("a", &["10'"]),
            of("a", &["★"]),
            of("a", &["☆"]),
            of("a", &["b", "★"]),
            of("a", &["★", "b"]),
        ];
        let different: HashSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len(), "{all:?}");
    }

    proptest! {
        #[test]
        fn it_is_a_good_number_whatever_the_values(
            slug in "[a-z]{1,200}",
            values in proptest::collection::vec(".{0,80}", 0..3)
        ) {
            let sku = made(&slug, &values);
            prop_assert_eq!(Sku::parse(&sku).map(Sku::into_string), Ok(sku.clone()));
            prop_assert_eq!(made(&slug, &values), sku);
        }
    }
}
