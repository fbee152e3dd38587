//! Planned products by table: each fault is found where it is.

use entity::id::{ChannelId, LocationId, TaxClassId, TypedId};
use entity::stock_policies::Oversell;

use super::*;
use crate::domain::pricing::import_plan::{PlannedImage, PlannedOption, PlannedPrice, Visibility};
use crate::kernel::money::Money;
use crate::kernel::text::{Sku, Slug};

fn id<T: TypedId>(n: u128) -> T {
    T::from_uuid(uuid::Uuid::from_u128(n))
}

fn euro(minor: i64) -> Money {
    Money::new(minor, "EUR".parse().unwrap())
}

fn variant(sku: &str, size: &str) -> PlannedVariant {
    PlannedVariant {
        sku: Sku::parse(sku).unwrap(),
        values: vec![size.to_owned()],
        barcode: None,
        weight_grams: None,
        requires_shipping: true,
        prices: vec![PlannedPrice {
            channel: id(1),
            amount: euro(1_000),
            compare_at: Some(euro(1_200)),
        }],
        stock: PlannedStock::Tracked {
            on_hand: 3,
            oversell: Oversell::Deny,
        },
    }
}

fn shirt() -> PlannedProduct {
    PlannedProduct {
        external_id: "shirt".into(),
        slug: Slug::parse("shirt").unwrap(),
        title: "Shirt".into(),
        description_html: String::new(),
        vendor: String::new(),
        product_type: String::new(),
        category: None,
        tax_class: id(2),
        visibility: Visibility::Published,
        options: vec![PlannedOption {
            name: "Size".into(),
            values: vec!["S".into(), "M".into()],
        }],
        variants: vec![variant("S-1", "S"), variant("S-2", "M")],
        images: vec![PlannedImage {
            url: "https://example.com/a.jpg".into(),
            alt: String::new(),
            variant: None,
        }],
    }
}

fn paths(products: Vec<PlannedProduct>) -> Vec<Vec<String>> {
    let world = World {
        channels: HashMap::from([(id::<ChannelId>(1), "EUR".parse().unwrap())]),
        categories: HashSet::new(),
        tax_classes: HashSet::from([id::<TaxClassId>(2)]),
    };
    let plan = ImportPlan {
        location: id::<LocationId>(3),
        products,
    };
    let found = check(&plan, &world);
    let path = |refused: &Refused| refused.path.join(".");
    found
        .iter()
        .map(|of_one| of_one.iter().map(path).collect())
        .collect()
}

#[test]
fn a_good_product_passes() {
    assert_eq!(paths(vec![shirt()]), vec![Vec::<String>::new()]);
}

#[test]
fn each_fault_is_found_where_it_is() {
    type Spoil = fn(&mut PlannedProduct);
    let cases: &[(&str, Spoil)] = &[
        ("externalId", |it| it.external_id = String::new()),
        ("title", |it| it.title = "a".repeat(256)),
        ("vendor", |it| it.vendor = "a".repeat(256)),
        ("category", |it| it.category = Some(id(9))),
        ("taxClass", |it| it.tax_class = id(9)),
        ("variants", |it| it.variants.clear()),
        ("images.0.url", |it| {
            it.images[0].url = "javascript:x".into()
        }),
        ("images.1.url", |it| it.images.push(it.images[0].clone())),
        ("variants.1.values", |it| it.variants[1].values.clear()),
        ("variants.0.weightGrams", |it| {
            it.variants[0].weight_grams = Some(-1)
        }),
        ("variants.0.prices.0.channel", |it| {
            it.variants[0].prices[0].channel = id(9)
        }),
        ("variants.0.prices.0.compareAt", |it| {
            it.variants[0].prices[0].compare_at = Some(euro(1));
        }),
        ("variants.0.prices.1.channel", |it| {
            let first = it.variants[0].prices[0].clone();
            it.variants[0].prices.push(first);
        }),
        ("variants.0.stock", |it| {
            it.variants[0].stock = PlannedStock::Tracked {
                on_hand: -1,
                oversell: Oversell::Deny,
            };
        }),
    ];
    for (place, spoil) in cases {
        let mut product = shirt();
        spoil(&mut product);
        assert_eq!(
            paths(vec![product]),
            vec![vec![format!("input.products.0.{place}")]]
        );
    }
}

#[test]
fn what_stands_twice_in_a_plan_is_refused_the_second_time() {
    let found = paths(vec![shirt(), shirt()]);
    assert!(found[0].is_empty());
    let at = |place: &str| format!("input.products.1.{place}");
    let places = ["externalId", "slug", "variants.0.sku", "variants.1.sku"].map(at);
    assert_eq!(found[1], places);
}
