//! Rates in parts per million: 19 % is 190,000.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One whole in parts per million.
pub const WHOLE_PPM: i64 = 1_000_000;

/// A rate from 0 to 100 %, exact to a millionth.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Rate(i64);

impl Rate {
    /// `ppm` parts per million, or nothing where that is below zero or above one whole.
    pub fn from_ppm(ppm: i64) -> Option<Self> {
        (0..=WHOLE_PPM).contains(&ppm).then_some(Self(ppm))
    }

    /// Parts per million.
    pub fn ppm(self) -> i64 {
        self.0
    }

    /// The rate in percent, in plain decimal notation ("19", "7.7").
    pub fn percent(self) -> String {
        Decimal::new(self.0, 4).normalize().to_string()
    }
}

/// The text is no percentage between 0 and 100 with at most four decimal places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a rate is a percentage from 0 to 100 with at most four decimal places, like 7.7")]
pub struct NotARate;

impl FromStr for Rate {
    type Err = NotARate;

    fn from_str(percent: &str) -> Result<Self, NotARate> {
        let decimal = Decimal::from_str_exact(percent)
            .map_err(|_| NotARate)?
            .normalize();
        if decimal.scale() > 4 {
            return Err(NotARate);
        }
        let ppm = decimal.checked_mul(Decimal::from(10_000)).ok_or(NotARate)?;
        i64::try_from(ppm)
            .ok()
            .and_then(Self::from_ppm)
            .ok_or(NotARate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_and_printed_as_percentages() {
        for (text, ppm) in [
            ("19", 190_000),
            ("7.7", 77_000),
            ("0", 0),
            ("100", WHOLE_PPM),
        ] {
            let rate: Rate = text.parse().unwrap();
            assert_eq!((rate.ppm(), rate.percent().as_str()), (ppm, text));
        }
        for text in ["-1", "100.1", "1.00001", "x", ""] {
            assert_eq!(text.parse::<Rate>(), Err(NotARate), "{text}");
        }
    }
}
