//! A large catalog out of nothing, for measuring and for trying paging, filters and search.
//!
//! Product number n is the same for ever: seeding more adds, and never changes what is there.

use entity::stock_policies::Oversell;

use super::Ground;
use super::goods::combinations;
use crate::domain::pricing::import_plan::{
    PlannedImage, PlannedOption, PlannedPrice, PlannedProduct, PlannedStock, PlannedVariant,
    Visibility,
};
use crate::kernel::money::{Currency, Money};
use crate::kernel::text::{Sku, Slug, TextError};

const QUALITIES: &[&str] = &[
    "Plain", "Sturdy", "Light", "Heavy", "Soft", "Rough", "Round", "Square", "Long", "Short",
    "Bright", "Dark", "Quiet", "Loud", "Early", "Late", "Northern", "Southern", "Coastal",
    "Alpine",
];
const MATERIALS: &[&str] = &[
    "Oak", "Linen", "Steel", "Glass", "Wool", "Copper", "Paper", "Cork", "Clay", "Leather",
    "Bamboo", "Cotton", "Marble", "Brass", "Felt", "Ash",
];
const THINGS: &[&str] = &[
    "Mug", "Lamp", "Shirt", "Blanket", "Bag", "Vase", "Board", "Cushion", "Notebook", "Pot",
    "Jacket", "Plate", "Belt", "Candle", "Planter", "Beanie", "Skillet", "Clock", "Rug", "Towel",
    "Mirror", "Lantern", "Sweater",
];
const VENDORS: &[&str] = &[
    "Harbor Pottery",
    "Northfield",
    "Lindqvist",
    "Maison Bertin",
    "Weaver & Daughters",
    "Sawmill Lane",
    "Plain Label",
    "Printworks Nine",
    "Meadow Press",
    "Meadow Apiary",
];
const COLORS: &[&str] = &["Sea", "Sand", "Slate", "Rust", "Ink", "Moss"];
const SIZES: &[&str] = &["S", "M", "L", "XL"];

/// Product number `number`, from 1 on.
pub fn product(
    ground: &Ground,
    euro: Currency,
    dollar: Currency,
    number: u64,
) -> Result<PlannedProduct, TextError> {
    // A stride that shares no factor with the lists, so that neighbors differ.
    let at = |salt: u64, len: usize| {
        let len = u64::try_from(len).unwrap_or(1).max(1);
        usize::try_from((number.wrapping_mul(7_919 + salt * 104_729) / 31) % len).unwrap_or(0)
    };
    let pick = |salt: u64, list: &[&'static str]| list.get(at(salt, list.len())).copied();
    let word = |salt: u64, list: &[&'static str]| pick(salt, list).unwrap_or_default();
    let thing = word(3, THINGS);
    let title = format!(
        "{} {} {thing} {number}",
        word(1, QUALITIES),
        word(2, MATERIALS)
    );
    let slug = slug::slugify(&title);
    let options = options(number);
    let base = 500 + i64::try_from(at(4, 19_500)).unwrap_or(0);
    let cents = base / 100 * 100 + 90;
    let variants = combinations(&options)
        .into_iter()
        .zip(0_i64..)
        .map(|(values, nth)| {
            let minor = cents + nth * 100;
            let price = |channel, currency| PlannedPrice {
                channel,
                amount: Money::new(minor, currency),
                compare_at: number
                    .is_multiple_of(7)
                    .then(|| Money::new(minor + minor / 4, currency)),
            };
            Ok(PlannedVariant {
                sku: Sku::parse(&format!("SYN-{number}-{nth}"))?,
                values,
                barcode: None,
                weight_grams: Some(100 + i64::try_from(at(5, 4_000)).unwrap_or(0)),
                requires_shipping: true,
                prices: vec![price(ground.eu, euro), price(ground.us, dollar)],
                stock: stock(number, nth),
            })
        })
        .collect::<Result<Vec<_>, TextError>>()?;
    Ok(PlannedProduct {
        external_id: format!("synthetic:{number}"),
        slug: Slug::parse(&slug)?,
        description_html: format!("<p>{title}: made up, but well made.</p>"),
        vendor: word(6, VENDORS).to_owned(),
        product_type: thing.to_owned(),
        category: None,
        tax_class: ground.standard,
        visibility: Visibility::Published,
        images: vec![PlannedImage {
            url: format!("/demo/{slug}.svg"),
            alt: title.clone(),
            variant: None,
        }],
        options,
        variants,
        title,
    })
}

/// None, colors, sizes, or both: one, three, four or twelve variants.
fn options(number: u64) -> Vec<PlannedOption> {
    let option = |name: &str, values: &[&str]| PlannedOption {
        name: name.to_owned(),
        values: values.iter().map(|&value| value.to_owned()).collect(),
    };
    let colors = COLORS.get(..3).unwrap_or(COLORS);
    match number % 4 {
        0 => vec![option("Size", SIZES)],
        1 => Vec::new(),
        2 => vec![option("Color", colors)],
        _ if number.is_multiple_of(3) => vec![option("Size", SIZES), option("Color", colors)],
        _ => vec![option("Color", COLORS)],
    }
}

fn stock(number: u64, nth: i64) -> PlannedStock {
    match number % 10 {
        0 => PlannedStock::Untracked,
        1 => PlannedStock::Tracked {
            on_hand: 0,
            oversell: Oversell::Deny,
        },
        2 => PlannedStock::Tracked {
            on_hand: 0,
            oversell: Oversell::Backorder,
        },
        _ => PlannedStock::Tracked {
            on_hand: 10 + nth * 5,
            oversell: Oversell::Deny,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use entity::id::{ChannelId, LocationId, TaxClassId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_thousand_products_differ_in_slug_and_sku_and_have_options() {
        let ground = Ground {
            eu: ChannelId::from_uuid(Uuid::from_u128(1)),
            us: ChannelId::from_uuid(Uuid::from_u128(2)),
            location: LocationId::from_uuid(Uuid::from_u128(3)),
            standard: TaxClassId::from_uuid(Uuid::from_u128(4)),
            reduced: TaxClassId::from_uuid(Uuid::from_u128(5)),
        };
        let (euro, dollar) = ("EUR".parse().unwrap(), "USD".parse().unwrap());
        let made = |number| product(&ground, euro, dollar, number).unwrap();
        let all: Vec<_> = (1..=1_000).map(made).collect();
        let slugs: HashSet<_> = all.iter().map(|product| &product.slug).collect();
        assert_eq!(slugs.len(), 1_000);
        let variants: Vec<_> = all.iter().flat_map(|product| &product.variants).collect();
        let skus: HashSet<_> = variants.iter().map(|variant| &variant.sku).collect();
        assert_eq!(skus.len(), variants.len());
        assert!(variants.len() > 3_000);
        assert_eq!(made(7), all[6]);
        let types: HashSet<_> = all.iter().map(|product| &product.product_type).collect();
        assert!(types.len() > 15, "{}", types.len());
    }
}
