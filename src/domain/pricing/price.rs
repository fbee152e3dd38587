//! What a price has to be: in its channel's currency, not below zero, below what it is compared
//! with.

use entity::id::{ChannelId, VariantId};
use serde::Serialize;

use super::refusal::Refusal;
use crate::kernel::money::{Currency, Money};

/// What a variant shall cost in a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewPrice {
    /// What.
    pub variant: VariantId,
    /// Where.
    pub channel: ChannelId,
    /// In the channel's currency.
    pub amount: Money,
    /// The higher price it is compared with.
    pub compare_at: Option<Money>,
    /// The version of the price that was read; none is no claim.
    pub expected_version: Option<i64>,
}

/// Checks amounts against the channel's currency and each other; a refusal comes with its field.
pub fn check(
    amount: Money,
    compare_at: Option<Money>,
    currency: Currency,
) -> Result<(), (Refusal, &'static str)> {
    let mismatch = |given: Money| Refusal::CurrencyMismatch {
        channel: currency,
        given: given.currency,
    };
    if amount.currency != currency {
        return Err((mismatch(amount), "amount"));
    }
    if amount.minor < 0 {
        return Err((Refusal::Negative, "amount"));
    }
    let Some(compare_at) = compare_at else {
        return Ok(());
    };
    if compare_at.currency != currency {
        return Err((mismatch(compare_at), "compareAt"));
    }
    if compare_at.minor <= amount.minor {
        return Err((Refusal::NotHigher, "compareAt"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_in_the_currency_of_its_channel_and_below_what_it_is_compared_with() {
        let (eur, usd) = ("EUR".parse().unwrap(), "USD".parse().unwrap());
        let mismatch = |given| Refusal::CurrencyMismatch {
            channel: eur,
            given,
        };
        for (amount, compare_at, expected) in [
            (Money::new(0, eur), None, Ok(())),
            (Money::new(100, eur), Some(Money::new(101, eur)), Ok(())),
            (Money::new(100, usd), None, Err((mismatch(usd), "amount"))),
            (
                Money::new(-1, eur),
                None,
                Err((Refusal::Negative, "amount")),
            ),
            (
                Money::new(100, eur),
                Some(Money::new(200, usd)),
                Err((mismatch(usd), "compareAt")),
            ),
            (
                Money::new(100, eur),
                Some(Money::new(100, eur)),
                Err((Refusal::NotHigher, "compareAt")),
            ),
        ] {
            assert_eq!(
                check(amount, compare_at, eur),
                expected,
                "{amount:?} {compare_at:?}"
            );
        }
    }
}
