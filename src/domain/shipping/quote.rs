//! What a delivery costs, and where it goes.

use entity::delivery_methods::Kind;

use crate::kernel::money::Money;

/// How the price of a delivery comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tariff {
    /// The rule.
    pub kind: Kind,
    /// What it costs where the rule does not make it free.
    pub price: Money,
    /// The value of goods from which [`Kind::FreeOver`] is free.
    pub free_over: Option<Money>,
}

/// The price for goods of that value, both as the channel shows prices (with tax or without).
pub fn price(tariff: &Tariff, goods: Money) -> Money {
    let free = match tariff.kind {
        Kind::FlatRate => false,
        Kind::FreeOver => tariff
            .free_over
            .is_some_and(|over| over.currency == goods.currency && goods.minor >= over.minor),
    };
    if free {
        Money::zero(tariff.price.currency)
    } else {
        tariff.price
    }
}

/// Whether a method with these countries (none for all) goes to `country`.
pub fn serves(countries: &[String], country: &str) -> bool {
    countries.is_empty() || countries.iter().any(|one| one == country)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(minor: i64) -> Money {
        Money::new(minor, "EUR".parse().unwrap())
    }

    #[test]
    fn delivery_is_free_from_the_threshold_on() {
        let flat = Tariff {
            kind: Kind::FlatRate,
            price: eur(490),
            free_over: None,
        };
        let free = Tariff {
            kind: Kind::FreeOver,
            free_over: Some(eur(5000)),
            ..flat
        };
        for (tariff, goods, wanted) in [
            (flat, 0, 490),
            (flat, 99_999, 490),
            (free, 0, 490),
            (free, 4999, 490),
            (free, 5000, 0),
            (free, 5001, 0),
        ] {
            assert_eq!(
                price(&tariff, eur(goods)),
                eur(wanted),
                "{tariff:?} {goods}"
            );
        }
    }

    #[test]
    fn a_method_without_countries_goes_wherever_the_channel_does() {
        let some = ["DE".to_owned(), "AT".to_owned()];
        for (countries, country, served) in [
            (&some[..], "DE", true),
            (&some, "FR", false),
            (&[], "FR", true),
        ] {
            assert_eq!(serves(countries, country), served);
        }
    }
}
