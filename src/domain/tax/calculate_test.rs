//! Golden documents, and what holds for every document.

use proptest::prelude::*;

use super::*;

fn rules(mode: TaxMode, level: TaxRounding) -> TaxRules {
    TaxRules {
        mode,
        level,
        rounding: Rounding::HalfUp,
    }
}

fn item(amount_minor: i64, ppm: i64, name: &str) -> Taxable {
    Taxable {
        amount_minor,
        rate: Rate::from_ppm(ppm).unwrap(),
        name: name.to_owned(),
    }
}

#[track_caller]
fn check(
    rules: TaxRules,
    items: &[Taxable],
    wanted: &[(i64, i64, i64)],
    sums: &[(&str, i64, i64, i64)],
) {
    let taxes = calculate(rules, items).unwrap();
    let got: Vec<_> = taxes
        .items
        .iter()
        .map(|one| (one.net_minor, one.tax_minor, one.gross_minor))
        .collect();
    assert_eq!(got, wanted);
    let got: Vec<_> = taxes
        .summary
        .iter()
        .map(|sum| {
            (
                sum.name.as_str(),
                sum.rate.ppm(),
                sum.base_minor,
                sum.tax_minor,
            )
        })
        .collect();
    assert_eq!(got, sums);
}

#[test]
fn german_prices_contain_their_tax() {
    let items = [
        item(1190, 190_000, "MwSt"),
        item(499, 190_000, "MwSt"),
        item(1000, 70_000, "MwSt"),
    ];
    check(
        rules(TaxMode::Inclusive, TaxRounding::Line),
        &items,
        &[(1000, 190, 1190), (419, 80, 499), (935, 65, 1000)],
        &[("MwSt", 190_000, 1419, 270), ("MwSt", 70_000, 935, 65)],
    );
}

#[test]
fn american_prices_get_tax_on_top() {
    let items = [
        item(1999, 88_750, "Sales tax"),
        item(500, 0, "Sales tax"),
        item(1, 88_750, "Sales tax"),
    ];
    check(
        rules(TaxMode::Exclusive, TaxRounding::Line),
        &items,
        &[(1999, 177, 2176), (500, 0, 500), (1, 0, 1)],
        &[("Sales tax", 88_750, 2000, 177), ("Sales tax", 0, 500, 0)],
    );
}

#[test]
fn yen_have_no_smaller_unit() {
    let items = [
        item(1100, 100_000, "消費税"),
        item(108, 80_000, "消費税"),
        item(5, 100_000, "消費税"),
    ];
    check(
        rules(TaxMode::Inclusive, TaxRounding::Line),
        &items,
        &[(1000, 100, 1100), (100, 8, 108), (5, 0, 5)],
        &[("消費税", 100_000, 1005, 100), ("消費税", 80_000, 100, 8)],
    );
}

#[test]
fn three_cents_of_rounding_differ_between_lines_and_document() {
    // EN 16931 takes the tax of a category once over its sum.
    let items = [
        item(33, 190_000, "VAT"),
        item(33, 190_000, "VAT"),
        item(34, 190_000, "VAT"),
    ];
    check(
        rules(TaxMode::Exclusive, TaxRounding::Line),
        &items,
        &[(33, 6, 39), (33, 6, 39), (34, 6, 40)],
        &[("VAT", 190_000, 100, 18)],
    );
    check(
        rules(TaxMode::Exclusive, TaxRounding::Document),
        &items,
        &[(33, 6, 39), (33, 6, 39), (34, 7, 41)],
        &[("VAT", 190_000, 100, 19)],
    );
    check(
        rules(TaxMode::Inclusive, TaxRounding::Document),
        &items,
        &[(28, 5, 33), (28, 5, 33), (28, 6, 34)],
        &[("VAT", 190_000, 84, 16)],
    );
}

#[test]
fn a_half_goes_as_the_mode_says() {
    let items = [item(250, 10_000, "T"), item(350, 10_000, "T")];
    for (rounding, taxes) in [
        (Rounding::HalfUp, [3, 4]),
        (Rounding::HalfEven, [2, 4]),
        (Rounding::HalfDown, [2, 3]),
    ] {
        let rules = TaxRules {
            rounding,
            ..rules(TaxMode::Exclusive, TaxRounding::Line)
        };
        let got = calculate(rules, &items).unwrap();
        assert_eq!(
            [got.items[0].tax_minor, got.items[1].tax_minor],
            taxes,
            "{rounding:?}"
        );
    }
}

#[test]
fn two_taxes_of_one_rate_stay_apart() {
    let items = [item(100, 50_000, "GST"), item(100, 50_000, "PST")];
    check(
        rules(TaxMode::Exclusive, TaxRounding::Document),
        &items,
        &[(100, 5, 105), (100, 5, 105)],
        &[("GST", 50_000, 100, 5), ("PST", 50_000, 100, 5)],
    );
}

#[test]
fn nothing_is_taxed_with_nothing() {
    let rules = rules(TaxMode::Inclusive, TaxRounding::Document);
    let taxes = calculate(rules, &[]).unwrap();
    assert_eq!((taxes.items.len(), taxes.total), (0, Taxed::default()));
    check(
        rules,
        &[item(0, 190_000, "VAT")],
        &[(0, 0, 0)],
        &[("VAT", 190_000, 0, 0)],
    );
}

#[test]
fn amounts_below_zero_and_beyond_the_limit_are_refused() {
    let rules = rules(TaxMode::Exclusive, TaxRounding::Line);
    for items in [
        vec![item(-1, 0, "VAT")],
        vec![item(LIMIT_MINOR + 1, 0, "VAT")],
        vec![item(LIMIT_MINOR, 0, "VAT"), item(1, 0, "VAT")],
        vec![item(LIMIT_MINOR, 1, "VAT")],
    ] {
        assert_eq!(
            calculate(rules, &items),
            Err(MoneyError::TooLarge),
            "{items:?}"
        );
    }
}

fn any_rules() -> impl Strategy<Value = TaxRules> {
    (
        prop_oneof![Just(TaxMode::Inclusive), Just(TaxMode::Exclusive)],
        prop_oneof![Just(TaxRounding::Line), Just(TaxRounding::Document)],
        prop_oneof![
            Just(Rounding::HalfUp),
            Just(Rounding::HalfEven),
            Just(Rounding::HalfDown)
        ],
    )
        .prop_map(|(mode, level, rounding)| TaxRules {
            mode,
            level,
            rounding,
        })
}

fn any_items() -> impl Strategy<Value = Vec<Taxable>> {
    let amount = prop_oneof![0_i64..200, 0_i64..1_000_000_000];
    let ppm = prop_oneof![
        Just(0_i64),
        Just(70_000),
        Just(190_000),
        Just(WHOLE_PPM),
        0_i64..=WHOLE_PPM
    ];
    let name = prop_oneof![Just("VAT"), Just("GST")];
    let one = (amount, ppm, name).prop_map(|(amount, ppm, name)| item(amount, ppm, name));
    prop::collection::vec(one, 0..12)
}

proptest! {
    #[test]
    fn every_figure_adds_up(rules in any_rules(), items in any_items()) {
        let taxes = calculate(rules, &items).unwrap();
        prop_assert_eq!(taxes.items.len(), items.len());
        for (taxed, item) in taxes.items.iter().zip(&items) {
            prop_assert_eq!(taxed.net_minor + taxed.tax_minor, taxed.gross_minor);
            prop_assert!(taxed.net_minor >= 0 && taxed.tax_minor >= 0);
            let came_in = match rules.mode {
                TaxMode::Inclusive => taxed.gross_minor,
                TaxMode::Exclusive => taxed.net_minor,
            };
            prop_assert_eq!(came_in, item.amount_minor);
        }
        let tax: i64 = taxes.items.iter().map(|one| one.tax_minor).sum();
        let net: i64 = taxes.items.iter().map(|one| one.net_minor).sum();
        prop_assert_eq!((tax, net), (taxes.total.tax_minor, taxes.total.net_minor));
        let summed: i64 = taxes.summary.iter().map(|sum| sum.tax_minor).sum();
        let base: i64 = taxes.summary.iter().map(|sum| sum.base_minor).sum();
        prop_assert_eq!((summed, base), (tax, net));
        prop_assert_eq!(tax + net, taxes.total.gross_minor);
    }

    #[test]
    fn the_tax_of_a_document_is_that_of_its_sum(
        mode in prop_oneof![Just(TaxMode::Inclusive), Just(TaxMode::Exclusive)],
        amounts in prop::collection::vec(0_i64..1_000_000, 1..20),
        ppm in 0_i64..=WHOLE_PPM,
    ) {
        let items: Vec<_> = amounts.iter().map(|amount| item(*amount, ppm, "VAT")).collect();
        let sum = item(amounts.iter().sum(), ppm, "VAT");
        let whole = calculate(rules(mode, TaxRounding::Document), &items).unwrap();
        let once = calculate(rules(mode, TaxRounding::Line), &[sum]).unwrap();
        prop_assert_eq!(whole.total, once.total);
    }

    #[test]
    fn the_order_of_the_items_moves_no_total(
        rules in any_rules(), items in any_items(), turn in 0_usize..12,
    ) {
        let mut turned = items.clone();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
        }
        let (one, other) = (calculate(rules, &items).unwrap(), calculate(rules, &turned).unwrap());
        prop_assert_eq!(one.total, other.total);
        prop_assert_eq!(one.summary, other.summary);
    }
}
