//! What carts cost: hand-computed tables, and what must hold for all of them.

use entity::channels::{RoundingMode, TaxRounding};
use entity::delivery_methods::Kind;
use proptest::prelude::*;

use super::*;
use crate::domain::cart::facts::tests::{class, line, method, ready};

fn minor(money: Money) -> i64 {
    money.minor
}

/// subtotal, shipping, tax, total
fn check(change: fn(&mut Basket), expected: [i64; 4]) -> Quote {
    let mut facts = ready();
    change(&mut facts.basket);
    let quote = compute(&facts).unwrap();
    let figures = [quote.subtotal, quote.shipping, quote.tax, quote.total].map(minor);
    assert_eq!(figures, expected);
    quote
}

fn exclusive(basket: &mut Basket) {
    basket.market.tax_mode = TaxMode::Exclusive;
}

#[test]
fn prices_that_contain_tax_are_what_is_paid() {
    // 25.00 × 19/119 = 3.99, 4.90 × 19/119 = 0.78
    let quote = check(|_| (), [25_00, 4_90, 4_77, 29_90]);
    assert_eq!(quote.lines[0].taxed.net_minor, 21_01);
    assert_eq!(quote.taxes.len(), 1);
    assert_eq!(
        (quote.taxes[0].base_minor, quote.taxes[0].tax_minor),
        (25_13, 4_77)
    );
}

#[test]
fn tax_comes_on_top_of_prices_without() {
    // 25.00 × 19 % = 4.75, 4.90 × 19 % = 0.93
    check(exclusive, [25_00, 4_90, 5_68, 35_58]);
}

#[test]
fn the_level_of_rounding_decides_the_cents() {
    let lines = |basket: &mut Basket| {
        exclusive(basket);
        basket.delivery = None;
        basket.lines = (1..=3).map(|number| line(number, 1, 13)).collect();
    };
    // each 0.13 × 19 % = 0.0247 → 0.02; together 0.39 × 19 % = 0.0741 → 0.07
    check(lines, [39, 0, 6, 45]);
    let mut facts = ready();
    lines(&mut facts.basket);
    facts.basket.market.tax_rounding = TaxRounding::Document;
    let quote = compute(&facts).unwrap();
    assert_eq!(minor(quote.tax), 7);
    let gross: i64 = quote.lines.iter().map(|one| one.taxed.gross_minor).sum();
    assert_eq!(minor(quote.total), gross);
}

#[test]
fn delivery_is_free_from_its_threshold_on() {
    let over =
        |basket: &mut Basket| basket.delivery = Some(method(Kind::FreeOver, 4_90, Some(25_00)));
    check(over, [25_00, 0, 3_99, 25_00]);
    let under =
        |basket: &mut Basket| basket.delivery = Some(method(Kind::FreeOver, 4_90, Some(25_01)));
    check(under, [25_00, 4_90, 4_77, 29_90]);
}

#[test]
fn delivery_has_its_own_tax_class() {
    let reduced = |basket: &mut Basket| {
        exclusive(basket);
        basket.delivery.as_mut().unwrap().tax_class = class(2);
    };
    // 4.90 × 7 % = 0.34
    let quote = check(reduced, [25_00, 4_90, 5_09, 34_99]);
    let rates: Vec<_> = quote.taxes.iter().map(|one| one.rate.ppm()).collect();
    assert_eq!(rates, [190_000, 70_000]);
}

#[test]
fn what_is_not_sent_is_not_charged_for_delivery() {
    let digital = |basket: &mut Basket| basket.lines[0].goods.requires_shipping = false;
    let quote = check(digital, [25_00, 0, 3_99, 25_00]);
    assert_eq!(quote.delivery, None);
}

#[test]
fn where_no_rate_is_known_nothing_is_taxed() {
    let quote = check(|basket| basket.rates.clear(), [25_00, 4_90, 0, 29_90]);
    assert_eq!(quote.taxes, []);
    assert!(!quote.taxes_estimated);
}

#[test]
fn taxes_are_estimated_until_the_address_is_known() {
    let quote = check(|basket| basket.shipping = None, [25_00, 4_90, 4_77, 29_90]);
    assert!(quote.taxes_estimated);
    assert_eq!(quote.country, "DE");
}

#[test]
fn a_line_without_a_price_counts_for_nothing() {
    let unpriced = |basket: &mut Basket| {
        let mut without = line(2, 1, 0);
        without.goods.price = None;
        basket.lines.insert(0, without);
    };
    let quote = check(unpriced, [25_00, 4_90, 4_77, 29_90]);
    assert_eq!((quote.lines.len(), quote.lines[0].place), (1, 1));
}

#[test]
fn an_empty_cart_costs_nothing() {
    check(|basket| basket.lines.clear(), [0, 0, 0, 0]);
}

#[test]
fn sums_beyond_all_money_are_refused() {
    let mut facts = ready();
    facts.basket.lines = vec![line(1, 1_000_000, 9_000_000_000_000_000)];
    assert_eq!(compute(&facts), Err(MoneyError::TooLarge));
}

fn modes() -> impl Strategy<Value = (TaxMode, TaxRounding, RoundingMode)> {
    (
        prop::sample::select(TaxMode::ALL),
        prop::sample::select(TaxRounding::ALL),
        prop::sample::select(RoundingMode::ALL),
    )
}

fn baskets() -> impl Strategy<Value = Facts> {
    let lines = prop::collection::vec((1_i64..1_000, 0_i64..1_000_000, 1_u128..4), 0..12);
    let delivery = prop::option::of((0_i64..10_000, prop::option::of(0_i64..100_000), 1_u128..4));
    (lines, delivery, modes()).prop_map(|(lines, delivery, modes)| {
        let mut facts = ready();
        let basket = &mut facts.basket;
        let market = &mut basket.market;
        (market.tax_mode, market.tax_rounding, market.rounding_mode) = modes;
        let numbered = (1_u128..).zip(lines);
        basket.lines = numbered
            .map(|(number, (quantity, price, tax))| {
                let mut line = line(number, quantity, price);
                line.goods.tax_class = class(tax);
                line
            })
            .collect();
        basket.delivery = delivery.map(|(price, over, tax)| {
            let mut method = method(Kind::FreeOver, price, over);
            method.tax_class = class(tax);
            method
        });
        facts
    })
}

proptest! {
    #[test]
    fn the_total_is_the_gross_of_all_lines_and_of_the_delivery(facts in baskets()) {
        let quote = compute(&facts).unwrap();
        let items = quote.lines.iter().map(|one| one.taxed);
        let items: Vec<_> = items.chain(quote.delivery.iter().map(|one| one.taxed)).collect();
        let gross: i64 = items.iter().map(|one| one.gross_minor).sum();
        let tax: i64 = items.iter().map(|one| one.tax_minor).sum();
        prop_assert_eq!(minor(quote.total), gross);
        prop_assert_eq!(minor(quote.tax), tax);
        prop_assert_eq!(quote.taxes.iter().map(|one| one.tax_minor).sum::<i64>(), tax);
        prop_assert!(items.iter().all(|one| one.net_minor + one.tax_minor == one.gross_minor));
        let priced = minor(quote.subtotal) + minor(quote.shipping);
        match facts.basket.market.tax_mode {
            TaxMode::Inclusive => prop_assert_eq!(minor(quote.total), priced),
            TaxMode::Exclusive => prop_assert_eq!(minor(quote.total), priced + tax),
        }
    }

    #[test]
    fn gross_never_moves_where_prices_contain_tax(facts in baskets()) {
        let mut facts = facts;
        facts.basket.market.tax_mode = TaxMode::Inclusive;
        for line in compute(&facts).unwrap().lines {
            prop_assert_eq!(line.taxed.gross_minor, line.unit_price.minor * line.quantity);
        }
    }

    #[test]
    fn the_order_of_the_lines_moves_no_total((facts, seed) in (baskets(), any::<u64>())) {
        let mut turned = facts.clone();
        let count = turned.basket.lines.len();
        if count > 0 {
            let by = usize::try_from(seed % u64::try_from(count).unwrap()).unwrap();
            turned.basket.lines.rotate_left(by);
            turned.basket.lines[..count / 2].reverse();
        }
        let (one, other) = (compute(&facts).unwrap(), compute(&turned).unwrap());
        prop_assert_eq!(one.total, other.total);
        prop_assert_eq!(one.tax, other.tax);
        prop_assert_eq!(one.taxes, other.taxes);
    }

    #[test]
    fn the_steps_of_each_line_lead_to_its_gross(facts in baskets()) {
        let quote = compute(&facts).unwrap();
        let ends = |line_no: i64| {
            let steps = quote.steps.iter().filter(move |step| step.line_no == line_no);
            let sum: i64 = steps.clone().map(|step| step.delta_minor).sum();
            (sum, steps.map(|step| step.result_minor).next_back())
        };
        for line in &quote.lines {
            let line_no = i64::try_from(line.place).unwrap() + 1;
            let gross = line.taxed.gross_minor;
            prop_assert_eq!(ends(line_no), (gross, Some(gross)));
        }
        if let Some(delivery) = &quote.delivery {
            let gross = delivery.taxed.gross_minor;
            prop_assert_eq!(ends(DELIVERY_NO), (gross, Some(gross)));
        }
    }
}
