//! Adding, updating and removing, by table.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::domain::cart::facts::tests::{goods, line_id, stock, variant};
use crate::kernel::error::{Code, Details};

/// A cart with one mug (variant 1) of which there are five; variant 2 is offered as well.
fn known() -> Known {
    let held = Held {
        line: line_id(1),
        variant: variant(1),
        quantity: 2,
        position: 7,
    };
    let mut known = Known {
        held: vec![held],
        goods: HashMap::new(),
        shelf: HashMap::new(),
    };
    for number in [1, 2] {
        known.goods.insert(variant(number), goods(number, 10_00));
        known.shelf.insert(variant(number), stock(5));
    }
    known
}

fn addition(number: u128, quantity: i64) -> Addition {
    Addition {
        variant: variant(number),
        quantity,
    }
}

fn quantities(plan: &Plan) -> Vec<(VariantId, i64)> {
    plan.changes
        .iter()
        .map(|one| (one.variant, one.to))
        .collect()
}

fn refusals(plan: &Plan) -> Vec<(Code, String)> {
    plan.refused
        .iter()
        .map(|one| (one.code, one.path.join(".")))
        .collect()
}

#[test]
fn adding_what_is_there_raises_it_and_what_is_new_comes_last() {
    let plan = add(&known(), &[addition(1, 1), addition(2, 1), addition(2, 2)]);
    assert_eq!(quantities(&plan), [(variant(1), 3), (variant(2), 3)]);
    assert_eq!(plan.changes[0].line, Some(line_id(1)));
    assert_eq!((plan.changes[1].line, plan.changes[1].position), (None, 8));
    assert_eq!(plan.refused, []);
}

#[test]
fn each_entry_answers_for_itself() {
    let mut known = known();
    known.goods.insert(
        variant(3),
        Goods {
            price: None,
            ..goods(3, 0)
        },
    );
    known.goods.insert(variant(4), goods(4, LIMIT_MINOR));
    known.shelf.insert(variant(4), stock(9));
    let asked = [
        addition(1, 0),
        addition(1, -1),
        addition(1, 1_000_000_000),
        addition(9, 1),
        addition(3, 1),
        addition(1, 4),
        addition(4, 1),
        addition(2, 1),
    ];
    let plan = add(&known, &asked);
    let expected = [
        (Code::Validation, "input.lines.0.quantity"),
        (Code::Validation, "input.lines.1.quantity"),
        (Code::Validation, "input.lines.2.quantity"),
        (Code::NotFound, "input.lines.3.variantId"),
        (Code::NotSellable, "input.lines.4.variantId"),
        (Code::OutOfStock, "input.lines.5.quantity"),
        (Code::LimitExceeded, "input.lines.6.quantity"),
    ];
    assert_eq!(
        refusals(&plan),
        expected.map(|(code, path)| (code, path.to_owned()))
    );
    assert_eq!(quantities(&plan), [(variant(2), 1)]);
    let figures = Details::Stock {
        variant: variant(1).to_string(),
        requested: 6,
        available: 5,
    };
    assert_eq!(plan.refused[5].details, figures);
}

#[test]
fn a_quantity_is_set_and_zero_removes_the_line() {
    let set = |quantity| {
        let asked = Update {
            line: line_id(1),
            quantity,
        };
        set(&known(), &[asked])
    };
    assert_eq!(quantities(&set(5)), [(variant(1), 5)]);
    assert_eq!(quantities(&set(0)), [(variant(1), 0)]);
    assert_eq!(quantities(&set(2)), []);
    for quantity in [-1, 1_000_001, i64::MAX, i64::MIN] {
        let expected = (Code::Validation, "input.lines.0.quantity".to_owned());
        assert_eq!(refusals(&set(quantity)), [expected]);
    }
    assert_eq!(refusals(&set(6))[0].0, Code::OutOfStock);
}

#[test]
fn less_is_always_possible() {
    let mut known = known();
    known.goods.get_mut(&variant(1)).unwrap().variant_active = false;
    known.shelf.insert(variant(1), stock(0));
    let set = |quantity| {
        set(
            &known,
            &[Update {
                line: line_id(1),
                quantity,
            }],
        )
    };
    assert_eq!(quantities(&set(1)), [(variant(1), 1)]);
    assert_eq!(refusals(&set(3))[0].0, Code::NotSellable);
    assert_eq!(
        quantities(&remove(&known, &[line_id(1)])),
        [(variant(1), 0)]
    );
}

#[test]
fn an_unknown_line_and_a_line_named_twice_are_refused() {
    let one = |number, quantity| Update {
        line: line_id(number),
        quantity,
    };
    let plan = set(&known(), &[one(1, 3), one(1, 4), one(9, 1)]);
    let expected = [
        (Code::Validation, "input.lines.1.lineId"),
        (Code::NotFound, "input.lines.2.lineId"),
    ];
    assert_eq!(
        refusals(&plan),
        expected.map(|(code, path)| (code, path.to_owned()))
    );
    assert_eq!(quantities(&plan), [(variant(1), 3)]);

    let plan = remove(&known(), &[line_id(1), line_id(1), line_id(9)]);
    let expected = [
        (Code::Validation, "input.lineIds.1"),
        (Code::NotFound, "input.lineIds.2"),
    ];
    assert_eq!(
        refusals(&plan),
        expected.map(|(code, path)| (code, path.to_owned()))
    );
}

#[test]
fn a_cart_holds_250_lines_and_no_more() {
    let mut known = known();
    known.held.clear();
    for number in 1..=251 {
        known.goods.insert(variant(number), goods(number, 1));
        known.shelf.insert(variant(number), stock(5));
    }
    let asked: Vec<_> = (1..=251).map(|number| addition(number, 1)).collect();
    let plan = add(&known, &asked);
    assert_eq!(plan.changes.len(), 250);
    assert_eq!(
        refusals(&plan),
        [(Code::LimitExceeded, "input.lines.250.variantId".to_owned())]
    );
    assert!(bounded(&asked, "input.lines").is_err());
    assert!(bounded(&asked[..250], "input.lines").is_ok());
    assert!(bounded(&asked[..0], "input.lines").is_err());
}

proptest! {
    #[test]
    fn what_is_planned_stays_within_stock_and_bounds(
        asked in prop::collection::vec((1_u128..4, -2_i64..9), 1..12),
    ) {
        let known = known();
        let asked: Vec<_> = asked.iter().map(|(number, count)| addition(*number, *count)).collect();
        let plan = add(&known, &asked);
        for change in &plan.changes {
            prop_assert!(change.to > change.from && change.to <= 5);
        }
        let added: i64 = plan.changes.iter().map(|one| one.to - one.from).sum();
        let refused: Vec<usize> = plan
            .refused
            .iter()
            .map(|one| one.path[2].parse().unwrap())
            .collect();
        let taken = asked.iter().enumerate().filter(|(place, _)| !refused.contains(place));
        prop_assert_eq!(added, taken.map(|(_, one)| one.quantity).sum::<i64>());
    }
}
