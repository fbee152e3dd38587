//! What is missing, by table.

use super::*;
use crate::domain::cart::facts::tests::{address, ready, stock, variant};
use crate::kernel::money::{LIMIT_MINOR, Money};

fn check(change: fn(&mut Facts), expected: &[(Lack, &str)]) {
    let mut facts = ready();
    change(&mut facts);
    let missing = missing(&facts);
    let found: Vec<_> = missing
        .iter()
        .map(|one| (one.lack, one.path.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_complete_cart_misses_nothing() {
    check(|_| (), &[]);
}

#[test]
fn each_thing_that_is_missing_is_named_with_its_place() {
    check(
        |one| one.basket.market.active = false,
        &[(Lack::ChannelClosed, "channel")],
    );
    check(|one| one.basket.lines.clear(), &[(Lack::Empty, "lines")]);
    let off = |one: &mut Facts| one.basket.lines[0].goods.variant_active = false;
    check(off, &[(Lack::LineNotSellable, "lines.0")]);
    let short = |one: &mut Facts| {
        one.shelf.insert(variant(1), stock(1));
    };
    check(short, &[(Lack::OutOfStock, "lines.0.quantity")]);
    check(
        |one| one.basket.contact = None,
        &[(Lack::Contact, "contact")],
    );
    check(
        |one| one.basket.shipping = None,
        &[(Lack::ShippingAddress, "shippingAddress")],
    );
    let abroad = |one: &mut Facts| one.basket.shipping = Some(address("US"));
    check(
        abroad,
        &[(Lack::CountryNotServed, "shippingAddress.country")],
    );
    check(
        |one| one.basket.delivery = None,
        &[(Lack::DeliveryMethod, "deliveryMethod")],
    );
    let gone = |one: &mut Facts| one.basket.delivery.as_mut().unwrap().active = false;
    check(gone, &[(Lack::DeliveryUnavailable, "deliveryMethod")]);
    let elsewhere = |one: &mut Facts| {
        one.basket.delivery.as_mut().unwrap().countries = vec!["AT".to_owned()];
    };
    check(elsewhere, &[(Lack::DeliveryUnavailable, "deliveryMethod")]);
    let dear = |one: &mut Facts| {
        let currency = one.basket.market.currency;
        one.basket.lines[0].goods.price = Some(Money::new(LIMIT_MINOR, currency));
    };
    check(dear, &[(Lack::TotalTooLarge, "totals")]);
}

#[test]
fn a_new_cart_misses_everything_in_a_fixed_order() {
    let new = |one: &mut Facts| {
        one.basket.contact = None;
        one.basket.shipping = None;
        one.basket.delivery = None;
    };
    let expected = [
        (Lack::Contact, "contact"),
        (Lack::ShippingAddress, "shippingAddress"),
        (Lack::DeliveryMethod, "deliveryMethod"),
    ];
    check(new, &expected);
}

#[test]
fn goods_that_are_not_sent_need_no_delivery_but_an_address_for_their_tax() {
    let digital = |one: &mut Facts| {
        one.basket.lines[0].goods.requires_shipping = false;
        one.basket.shipping = None;
        one.basket.delivery = None;
    };
    check(digital, &[(Lack::BillingAddress, "billingAddress")]);
    let billed = |one: &mut Facts| {
        one.basket.lines[0].goods.requires_shipping = false;
        one.basket.shipping = None;
        one.basket.billing = Some(address("US"));
    };
    check(billed, &[]);
}

#[test]
fn the_refusal_of_a_completion_lists_all_codes() {
    let mut facts = ready();
    facts.basket.contact = None;
    facts.basket.delivery = None;
    let refused = refused(&missing(&facts));
    let fields = vec!["CONTACT".to_owned(), "DELIVERY_METHOD".to_owned()];
    assert_eq!(refused.details, Details::Missing { fields });
    assert_eq!(refused.code, Code::CartNotReady);
}
