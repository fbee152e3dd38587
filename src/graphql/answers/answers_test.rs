//! What is kept, by itself: how much, and until when.

use super::*;
use crate::write::Rests;

fn key(text: &str) -> Key {
    Key {
        text: Arc::from(text),
        operation: None,
        variables: String::new(),
        channel: None,
        language: None,
        role: Role::Guest,
    }
}

/// What an answer rests on that was begun now.
fn rests(generations: &Generations, tables: &[&str]) -> Rests {
    let mut rests = Rests::begun(generations.now());
    rests.also(generations, tables.iter().copied());
    rests
}

#[test]
fn memory_is_bounded() {
    let most = 1_000_000;
    let slots: Slots = Cache::with_weighter(100, most, Weight);
    let generations = Generations::default();
    let json = Bytes::from(vec![b'x'; 10_000]);
    for number in 0..1_000 {
        let slot = slot(&generations, &json, rests(&generations, &["products"]));
        slots.insert(key(&number.to_string()), Arc::new(slot.unwrap()));
    }
    assert!(slots.weight() <= most, "{}", slots.weight());
    assert!(slots.len() > 10, "{}", slots.len());
}

#[test]
fn an_answer_that_read_what_is_not_for_everybody_is_not_kept() {
    let generations = Generations::default();
    let kept =
        |tables: &[&str]| slot(&generations, &Bytes::new(), rests(&generations, tables)).is_some();
    assert!(kept(&["products", "prices"]));
    for table in ["customers", "orders", "carts", "accounts", "unnest", ""] {
        assert!(!kept(&["products", table]), "{table}");
    }
}

#[test]
fn an_answer_holds_while_what_it_rests_on_does() {
    let generations = Generations::default();
    let make = || {
        let rests = rests(&generations, &["category_paths", "products"]);
        slot(&generations, &Bytes::new(), rests).unwrap()
    };
    for (changed, ends) in [
        (&["products"][..], true),
        (&["prices"], false),
        (&["stock_levels"], false),
        (&["categories"], true),
        (&["channels"], true),
        (&["sandbox_clocks"], true),
    ] {
        let slot = make();
        assert!(slot.holds(&generations));
        generations.changed(changed);
        assert_eq!(slot.holds(&generations), !ends, "{changed:?}");
    }
    let slot = make();
    generations.all_changed();
    assert!(!slot.holds(&generations));
}

#[test]
fn two_keys_that_differ_in_anything_are_two() {
    let one = key("{ a }");
    let others = [
        Key {
            text: Arc::from("{ b }"),
            ..one.clone()
        },
        Key {
            operation: Some("A".to_owned()),
            ..one.clone()
        },
        Key {
            variables: "{}".to_owned(),
            ..one.clone()
        },
        Key {
            channel: Some("eu".to_owned()),
            ..one.clone()
        },
        Key {
            language: Some("en".to_owned()),
            ..one.clone()
        },
        Key {
            role: Role::Shopper,
            ..one.clone()
        },
    ];
    for other in others {
        assert_ne!(one, other);
    }
}
