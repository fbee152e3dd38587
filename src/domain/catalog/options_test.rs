//! Options and values, by table.

use super::*;

fn title_of(text: &str) -> Title {
    Title::parse(text).unwrap()
}

fn option(name: &str, values: &[&str]) -> NewOption {
    NewOption {
        name: title_of(name),
        values: values.iter().map(|value| title_of(value)).collect(),
    }
}

fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    let choice = |(option, value): &(&str, &str)| Choice {
        option: title_of(option),
        value: title_of(value),
    };
    pairs.iter().map(choice).collect()
}

fn shirt() -> Grid {
    Grid::declared(&[option("Size", &["S", "M"]), option("Color", &[])]).unwrap()
}

#[test]
fn a_variant_takes_one_value_of_every_option_in_any_order() {
    let mut grid = shirt();
    for (pairs, expected) in [
        (&[("Color", "red"), ("Size", "M")][..], Ok(vec![1, 0])),
        (&[("Size", "L"), ("Color", "red")], Ok(vec![2, 0])),
        (&[("Size", "M"), ("Color", "red")], Err(Refusal::SameValues)),
        (
            &[("Size", "M")],
            Err(Refusal::ValueMissing {
                option: "Color".into(),
            }),
        ),
        (
            &[("Size", "M"), ("Cut", "a")],
            Err(Refusal::OptionUnknown {
                option: "Cut".into(),
            }),
        ),
        (
            &[("Size", "M"), ("Size", "L"), ("Color", "red")],
            Err(Refusal::Twice("option")),
        ),
    ] {
        assert_eq!(grid.place(&choices(pairs)), expected, "{pairs:?}");
    }
    assert_eq!(grid.axes()[0].values, ["S", "M", "L"]);
    assert_eq!(grid.axes()[1].values, ["red"]);
}

#[test]
fn a_refused_variant_adds_no_value() {
    let mut grid = shirt();
    assert!(grid.place(&choices(&[("Size", "XXL")])).is_err());
    assert_eq!(grid.axes()[0].values, ["S", "M"]);
}

#[test]
fn a_product_without_options_has_one_variant() {
    let mut grid = Grid::declared(&[]).unwrap();
    assert_eq!(grid.place(&[]), Ok(vec![]));
    assert_eq!(grid.place(&[]), Err(Refusal::OneVariantOnly));
}

#[test]
fn options_and_values_stand_once_and_are_bounded() {
    let place = |options: &[NewOption]| Grid::declared(options).unwrap_err().1;
    assert_eq!(
        place(&[option("A", &[]), option("A", &[])]),
        "options.1.name"
    );
    assert_eq!(place(&[option("A", &["x", "x"])]), "options.0.values.1");
    let many: Vec<_> = (0..6).map(|n| option(&format!("O{n}"), &[])).collect();
    assert_eq!(place(&many), "options");

    let mut grid = Grid::declared(&[option("A", &[])]).unwrap();
    let values: Vec<String> = (0..=VARIANTS_MAX).map(|n| n.to_string()).collect();
    for value in &values[..VARIANTS_MAX] {
        assert!(grid.place_values(&[value]).is_ok());
    }
    let refused = grid.place_values(&[&values[VARIANTS_MAX]]).unwrap_err();
    assert_eq!(refused, too_many("variants", VARIANTS_MAX));
}

#[test]
fn a_variant_is_called_by_its_values() {
    assert_eq!(title(&["M", "red"]), "M / red");
    assert_eq!(title(&[]), "Default");
}

#[test]
fn a_variant_that_gets_other_values_frees_its_place() {
    let mut grid = Grid::declared(&[option("A", &["x", "y"])]).unwrap();
    assert_eq!(grid.place_values(&["x"]), Ok(vec![0]));
    assert_eq!(
        (grid.find(&["y"]), grid.find(&["z"]), grid.find(&[])),
        (Some(vec![1]), None, None)
    );
    grid.vacate(&[0]);
    assert_eq!(grid.place_values(&["x"]), Ok(vec![0]));
}
