//! The terms of a delivery method, checked as a whole against its channel.

use entity::delivery_methods::Kind;
use serde::Serialize;

use super::refusal::Refusal;
use crate::kernel::money::{Currency, Money};

/// The most days a delivery is announced for.
const DAYS_MAX: i64 = 365;
/// The last place in the order of offers.
const POSITION_MAX: i64 = 1_000_000;

/// What a method offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Terms {
    /// How the price comes about.
    pub kind: Kind,
    /// What it costs.
    pub price: Money,
    /// The value of goods from which it is free.
    pub free_over: Option<Money>,
    /// Where it goes; empty for all countries of the channel.
    pub countries: Vec<String>,
    /// Working days at best.
    pub min_days: i64,
    /// Working days at worst.
    pub max_days: i64,
    /// Order in which it is offered.
    pub position: i64,
}

impl Terms {
    /// Passes if a channel with this currency and these countries can offer it. A flat rate is
    /// never free, so it keeps no threshold.
    pub fn checked(mut self, currency: Currency, sells_to: &[String]) -> Result<Self, Refusal> {
        amount("input.price", self.price, currency)?;
        self.free_over = match (self.kind, self.free_over) {
            (Kind::FlatRate, _) => None,
            (Kind::FreeOver, None) => return Err(Refusal::NoThreshold),
            (Kind::FreeOver, Some(over)) => {
                amount("input.freeOver", over, currency)?;
                Some(over)
            }
        };
        let elsewhere = |country: &&String| !sells_to.contains(country);
        if let Some(country) = self.countries.iter().find(elsewhere) {
            return Err(Refusal::NotOfChannel(country.clone()));
        }
        let days = 0..=DAYS_MAX;
        if !days.contains(&self.min_days) || !days.contains(&self.max_days) {
            return Err(Refusal::Days);
        }
        if self.min_days > self.max_days {
            return Err(Refusal::Days);
        }
        if !(0..=POSITION_MAX).contains(&self.position) {
            return Err(Refusal::Position);
        }
        self.countries.sort();
        self.countries.dedup();
        Ok(self)
    }
}

fn amount(path: &'static str, money: Money, currency: Currency) -> Result<(), Refusal> {
    if money.currency != currency {
        return Err(Refusal::OtherCurrency { path, currency });
    }
    if money.minor < 0 {
        return Err(Refusal::BelowZero(path));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, code.parse().unwrap())
    }

    type Spoil = fn(&mut Terms);

    fn terms() -> Terms {
        Terms {
            kind: Kind::FreeOver,
            price: money(490, "EUR"),
            free_over: Some(money(5000, "EUR")),
            countries: vec!["DE".to_owned(), "AT".to_owned(), "DE".to_owned()],
            min_days: 1,
            max_days: 3,
            position: 0,
        }
    }

    fn check(terms: Terms) -> Result<Terms, Refusal> {
        let sells_to = ["AT", "DE", "FR"].map(str::to_owned);
        terms.checked("EUR".parse().unwrap(), &sells_to)
    }

    #[test]
    fn terms_are_put_in_order() {
        let good = check(terms()).unwrap();
        assert_eq!(good.countries, ["AT", "DE"]);
        let flat = Terms {
            kind: Kind::FlatRate,
            ..terms()
        };
        assert_eq!(check(flat).unwrap().free_over, None);
    }

    #[test]
    fn what_a_channel_cannot_offer_is_refused() {
        let change: [(Spoil, Refusal); 9] = [
            (
                |terms| terms.price = money(1, "USD"),
                Refusal::OtherCurrency {
                    path: "input.price",
                    currency: "EUR".parse().unwrap(),
                },
            ),
            (
                |terms| terms.price = money(-1, "EUR"),
                Refusal::BelowZero("input.price"),
            ),
            (|terms| terms.free_over = None, Refusal::NoThreshold),
            (
                |terms| terms.free_over = Some(money(1, "JPY")),
                Refusal::OtherCurrency {
                    path: "input.freeOver",
                    currency: "EUR".parse().unwrap(),
                },
            ),
            (
                |terms| terms.countries.push("US".to_owned()),
                Refusal::NotOfChannel("US".to_owned()),
            ),
            (|terms| terms.min_days = -1, Refusal::Days),
            (|terms| terms.max_days = 366, Refusal::Days),
            (|terms| terms.min_days = 4, Refusal::Days),
            (|terms| terms.position = -1, Refusal::Position),
        ];
        for (spoil, refusal) in change {
            let mut terms = terms();
            spoil(&mut terms);
            assert_eq!(check(terms), Err(refusal));
        }
    }
}
