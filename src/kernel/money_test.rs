//! Tables and properties of money.

use proptest::prelude::*;

use super::*;

fn eur(minor: i64) -> Money {
    Money::new(minor, "EUR".parse().unwrap())
}

#[test]
fn amounts_are_read_and_printed_in_the_places_of_their_currency() {
    for (text, code, minor, printed) in [
        ("12.5", "EUR", 1250, "12.50"),
        ("0.01", "USD", 1, "0.01"),
        ("-3", "EUR", -300, "-3.00"),
        ("120", "JPY", 120, "120"),
        ("1.234", "KWD", 1234, "1.234"),
        ("1.500", "EUR", 150, "1.50"),
    ] {
        let money = Money::parse(text, code.parse().unwrap()).unwrap();
        assert_eq!(
            (money.minor, money.amount().as_str()),
            (minor, printed),
            "{text} {code}"
        );
    }
}

#[test]
fn what_is_not_an_amount_is_refused() {
    let eur = "EUR".parse().unwrap();
    for text in [
        "",
        ".",
        "1.",
        ".5",
        "+1",
        "1e3",
        "1,50",
        " 1",
        "0x1",
        "--1",
        "1234567890123456789",
    ] {
        assert!(
            matches!(Money::parse(text, eur), Err(MoneyError::NotANumber(_))),
            "{text}"
        );
    }
    assert_eq!(
        Money::parse("1.005", eur),
        Err(MoneyError::TooFine {
            currency: eur,
            exponent: 2
        })
    );
    assert_eq!(
        Money::parse("999999999999999999", eur),
        Err(MoneyError::TooLarge)
    );
    assert!("EURO".parse::<Currency>().is_err() && "eur".parse::<Currency>().is_err());
}

#[test]
fn halves_are_decided_by_the_named_mode() {
    use Rounding::{HalfDown, HalfEven, HalfUp};
    for (minor, mode, expected) in [
        (5, HalfUp, 3),
        (5, HalfEven, 2),
        (5, HalfDown, 2),
        (-5, HalfUp, -3),
        (-5, HalfEven, -2),
        (-5, HalfDown, -2),
        (7, HalfEven, 4),
    ] {
        assert_eq!(
            eur(minor).mul_ratio(1, 2, mode),
            Ok(eur(expected)),
            "{minor} {mode:?}"
        );
    }
}

#[test]
fn two_currencies_do_not_add_up() {
    let usd = Money::new(1, "USD".parse().unwrap());
    assert!(matches!(eur(1).plus(usd), Err(MoneyError::Mixed(..))));
    assert_eq!(eur(LIMIT_MINOR).plus(eur(1)), Err(MoneyError::TooLarge));
}

proptest! {
    #[test]
    fn shares_add_up_and_stay_within_a_cent_of_their_quota(
        minor in -1_000_000_i64..1_000_000,
        weights in prop::collection::vec(0_i64..100_000, 1..12),
    ) {
        prop_assume!(weights.iter().sum::<i64>() > 0);
        let total = i128::from(weights.iter().sum::<i64>());
        let shares = eur(minor).allocate(&weights).unwrap();
        prop_assert_eq!(shares.iter().map(|share| share.minor).sum::<i64>(), minor);
        for (share, weight) in shares.iter().zip(&weights) {
            let exact = i128::from(minor) * i128::from(*weight);
            prop_assert!((i128::from(share.minor) * total - exact).abs() < total);
            prop_assert!(*weight != 0 || share.minor == 0);
        }
    }

    #[test]
    fn units_consumed_in_any_steps_add_up_to_the_amount(
        minor in 0_i64..10_000_000, count in 1_i64..50, cuts in prop::collection::vec(0_i64..50, 0..6),
    ) {
        let mut at: Vec<i64> = cuts.into_iter().map(|cut| cut.min(count)).collect();
        at.extend([0, count]);
        at.sort_unstable();
        let steps: i64 = at
            .windows(2)
            .map(|step| share_of(minor, step[1], count) - share_of(minor, step[0], count))
            .sum();
        prop_assert_eq!(steps, minor);
    }

    #[test]
    fn printing_and_reading_gives_the_same_amount(minor in -LIMIT_MINOR..LIMIT_MINOR) {
        let money = eur(minor);
        prop_assert_eq!(Money::parse(&money.amount(), money.currency), Ok(money));
    }
}
