//! What a new product, variant or image is made of.

use std::collections::HashSet;

use serde::Serialize;

use super::image::ImageUrl;
use super::options::Choice;
use crate::kernel::text::{Reference, Sku, Slug, Title};

/// A weight in grams, up to a thousand tons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Grams(i64);

impl Grams {
    /// The weight, or nothing where `grams` is out of bounds.
    pub fn new(grams: i64) -> Option<Self> {
        (0..=1_000_000_000).contains(&grams).then_some(Self(grams))
    }

    /// The plain number.
    pub fn get(self) -> i64 {
        self.0
    }
}

/// A new variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewVariant {
    /// The merchant's number; unique in the shop.
    pub sku: Sku,
    /// GTIN or the like.
    pub barcode: Option<Reference>,
    /// One value of each option of the product.
    pub choices: Vec<Choice>,
    /// Weight with packing.
    pub weight: Option<Grams>,
    /// Whether it has to be sent.
    pub requires_shipping: bool,
}

/// A new image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewImage {
    /// Where it is.
    pub url: ImageUrl,
    /// What it shows, for those who do not see it.
    pub alt: String,
}

/// The place of the first text that stands twice.
pub fn first_double<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<usize> {
    let mut seen = HashSet::new();
    texts.into_iter().position(|text| !seen.insert(text))
}

/// The slug of a title, where none is given; none where the title has no letter or digit.
pub fn slug_of(title: &Title) -> Option<Slug> {
    let slug = slug::slugify(title.as_str());
    let short: String = slug.chars().take(200).collect();
    Slug::parse(short.trim_end_matches('-')).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_gives_its_slug() {
        for (title, slug) in [
            ("Crème Brûlée & Co.", Some("creme-brulee-co")),
            ("--", None),
            ("  A  ", Some("a")),
        ] {
            let given = Title::parse(title).ok().and_then(|title| slug_of(&title));
            assert_eq!(given.as_ref().map(Slug::as_str), slug);
        }
        let long = Title::parse(&"ä".repeat(255)).unwrap();
        assert!(slug_of(&long).is_some_and(|slug| slug.as_str().len() <= 200));
    }

    #[test]
    fn the_first_double_is_found() {
        assert_eq!(first_double(["a", "b", "a", "b"]), Some(2));
        assert_eq!(first_double(["a", "b"]), None);
    }

    #[test]
    fn weights_are_bounded() {
        for (grams, good) in [
            (-1, false),
            (0, true),
            (1_000_000_000, true),
            (i64::MAX, false),
        ] {
            assert_eq!(Grams::new(grams).is_some(), good);
        }
    }
}
