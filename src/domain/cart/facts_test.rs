//! Baskets for the tests of the rules: one that is complete, and words to change it.

use entity::channels::{RoundingMode, TaxMode, TaxRounding};
use entity::delivery_methods::Kind;
use entity::id::{
    CartId, CartLineId, ChannelId, DeliveryMethodId, ProductId, TaxClassId, VariantId,
};
use entity::products::State as ProductState;
use uuid::Uuid;

use super::*;
use crate::domain::inventory::availability::Policy;
use crate::kernel::address::AddressText;
use crate::kernel::rate::Rate;

pub fn variant(number: u128) -> VariantId {
    VariantId::from_uuid(Uuid::from_u128(number))
}

pub fn line_id(number: u128) -> CartLineId {
    CartLineId::from_uuid(Uuid::from_u128(1_000 + number))
}

pub fn class(number: u128) -> TaxClassId {
    TaxClassId::from_uuid(Uuid::from_u128(number))
}

pub fn euro() -> Currency {
    "EUR".parse().unwrap()
}

pub fn goods(number: u128, price_minor: i64) -> Goods {
    Goods {
        variant: variant(number),
        product: ProductId::from_uuid(Uuid::from_u128(number)),
        sku: format!("SKU-{number}"),
        product_title: "Mug".to_owned(),
        variant_title: "Blue".to_owned(),
        image_url: None,
        product_state: ProductState::Active,
        variant_active: true,
        requires_shipping: true,
        tax_class: class(1),
        price: Some(Money::new(price_minor, euro())),
    }
}

pub fn line(number: u128, quantity: i64, price_minor: i64) -> Line {
    Line {
        id: line_id(number),
        quantity,
        goods: goods(number, price_minor),
    }
}

pub fn address(country: &str) -> Address {
    let text = AddressText {
        last_name: "Lovelace".to_owned(),
        line1: "Square 1".to_owned(),
        city: "Berlin".to_owned(),
        postal_code: Some("10115".to_owned()),
        country: country.to_owned(),
        ..AddressText::default()
    };
    Address::read(&text, "input").unwrap()
}

pub fn stock(available: i64) -> Availability {
    Availability::new(Policy::default(), [available])
}

pub fn method(kind: Kind, price_minor: i64, free_over_minor: Option<i64>) -> Delivery {
    Delivery {
        method: DeliveryMethodId::from_uuid(Uuid::from_u128(1)),
        code: "standard".to_owned(),
        name: "Standard".to_owned(),
        tariff: Tariff {
            kind,
            price: Money::new(price_minor, euro()),
            free_over: free_over_minor.map(|minor| Money::new(minor, euro())),
        },
        tax_class: class(1),
        countries: Vec::new(),
        active: true,
        min_days: 1,
        max_days: 3,
    }
}

pub fn rate(ppm: i64) -> RateRow {
    RateRow {
        name: "VAT".to_owned(),
        rate: Rate::from_ppm(ppm).unwrap(),
    }
}

/// A cart that can be completed: one line of two mugs at 12.50, delivery at 4.90, 19 % included.
pub fn ready() -> Facts {
    Facts {
        shelf: HashMap::from([(variant(1), stock(5))]),
        basket: Basket {
            cart: CartId::from_uuid(Uuid::from_u128(1)),
            customer: None,
            language: "en".to_owned(),
            attribution: Attribution::default(),
            market: Market {
                channel: ChannelId::from_uuid(Uuid::from_u128(1)),
                active: true,
                currency: euro(),
                tax_mode: TaxMode::Inclusive,
                tax_rounding: TaxRounding::Line,
                rounding_mode: RoundingMode::HalfUp,
                default_country: "DE".to_owned(),
                countries: vec!["AT".to_owned(), "DE".to_owned()],
            },
            lines: vec![line(1, 2, 12_50)],
            contact: Some(Contact {
                email: "ada@example.com".to_owned(),
                phone: None,
            }),
            shipping: Some(address("DE")),
            billing: None,
            delivery: Some(method(Kind::FlatRate, 4_90, None)),
            rates: HashMap::from([(class(1), rate(190_000)), (class(2), rate(70_000))]),
        },
    }
}

#[test]
fn goods_are_offered_only_while_everything_about_them_says_so() {
    let check = |change: fn(&mut Goods), offered: Result<i64, NotSellable>| {
        let mut goods = goods(1, 5_00);
        change(&mut goods);
        assert_eq!(goods.offer().map(|price| price.minor), offered);
    };
    check(|_| (), Ok(5_00));
    check(
        |one| one.product_state = ProductState::Suspended,
        Err(NotSellable::Product),
    );
    check(|one| one.variant_active = false, Err(NotSellable::Variant));
    check(|one| one.price = None, Err(NotSellable::Price));
}

#[test]
fn tax_is_due_where_the_goods_go_and_guessed_until_that_is_known() {
    let check = |change: fn(&mut Basket), country: &str, estimated: bool| {
        let mut basket = ready().basket;
        change(&mut basket);
        let destination = basket.destination();
        assert_eq!(
            (destination.country, destination.estimated),
            (country, estimated)
        );
    };
    check(|one| one.shipping = Some(address("AT")), "AT", false);
    check(|one| one.shipping = None, "DE", true);
    let bill = |one: &mut Basket| {
        one.shipping = None;
        one.billing = Some(address("AT"));
    };
    check(bill, "AT", true);
    let digital = |one: &mut Basket| {
        one.shipping = None;
        one.billing = Some(address("AT"));
        one.lines[0].goods.requires_shipping = false;
    };
    check(digital, "AT", false);
}

#[test]
fn a_campaign_is_bounded_and_blank_is_none() {
    let long = "a".repeat(201);
    let refused = Attribution::read([Some(&long), None, Some("a\0")], "input.attribution");
    let paths: Vec<_> = refused
        .unwrap_err()
        .iter()
        .map(|one| one.path.join("."))
        .collect();
    assert_eq!(
        paths,
        ["input.attribution.source", "input.attribution.name"]
    );
    let read = Attribution::read([Some(" mail "), Some(" "), None], "input.attribution");
    let expected = Attribution {
        source: Some("mail".to_owned()),
        ..Attribution::default()
    };
    assert_eq!(read.unwrap(), expected);
}
