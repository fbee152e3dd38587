//! Money: integer minor units with their currency.
//!
//! Invariants: sums are checked and of one currency; division happens only in [`Money::allocate`]
//! and [`share_of`], rounding only by a named [`Rounding`]. Deliberately absent: floats, exchange
//! rates, display.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The largest amount the API takes or gives, in minor units: exact as a JSON number.
pub const LIMIT_MINOR: i64 = 9_000_000_000_000_000;

/// An ISO 4217 currency code that exists.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The code, three capital letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimal places its minor unit has (2 for EUR, 0 for JPY, 3 for KWD).
    pub fn exponent(&self) -> u32 {
        iso_currency::Currency::from_code(self.code())
            .and_then(iso_currency::Currency::exponent)
            .map_or(2, u32::from)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(code: &str) -> Result<Self, MoneyError> {
        let known = iso_currency::Currency::from_code(code).is_some();
        match code.as_bytes() {
            [a, b, c] if known => Ok(Self([*a, *b, *c])),
            _ => Err(MoneyError::UnknownCurrency(code.chars().take(8).collect())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(code: String) -> Result<Self, MoneyError> {
        code.parse()
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

/// Why an amount cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not an ISO 4217 code.
    #[error("\"{0}\" is not a currency code of ISO 4217")]
    UnknownCurrency(String),
    /// Two currencies met.
    #[error("amounts in {0} and {1} do not add up")]
    Mixed(Currency, Currency),
    /// Beyond [`LIMIT_MINOR`].
    #[error("the amount is too large")]
    TooLarge,
    /// Not plain decimal notation.
    #[error("\"{0}\" is not an amount: write digits with a point, like 12.50")]
    NotANumber(String),
    /// More fraction digits than the currency has.
    #[error("{currency} has {exponent} decimal places")]
    TooFine {
        /// The currency asked for.
        currency: Currency,
        /// Its decimal places.
        exponent: u32,
    },
    /// Weights that add up to nothing cannot share an amount.
    #[error("an amount cannot be shared over weights that are all zero")]
    NoWeights,
}

/// How a fraction of a minor unit is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Half away from zero: what customers and tax offices expect.
    HalfUp,
    /// Half to the even neighbor.
    HalfEven,
    /// Half toward zero.
    HalfDown,
}

/// An amount in minor units of its currency; may be negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units (cents).
    pub minor: i64,
    /// Their currency.
    pub currency: Currency,
}

impl Money {
    /// `minor` units of `currency`.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Reads plain decimal notation ("12.50"): no exponent, no plus sign, no more fraction digits
    /// than the currency has, at most 18 digits.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MoneyError> {
        let bad = || MoneyError::NotANumber(amount.chars().take(32).collect());
        let digits = amount.strip_prefix('-').unwrap_or(amount);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let length = whole.len() + fraction.len();
        if whole.is_empty() || !plain(whole) || !plain(fraction) || length > 18 {
            return Err(bad());
        }
        if digits.ends_with('.') {
            return Err(bad());
        }
        let exponent = currency.exponent();
        let decimal = Decimal::from_str_exact(amount)
            .map_err(|_| bad())?
            .normalize();
        if decimal.scale() > exponent {
            return Err(MoneyError::TooFine { currency, exponent });
        }
        let minor = decimal
            .checked_mul(Decimal::from(10_i64.pow(exponent)))
            .and_then(|scaled| i64::try_from(scaled).ok())
            .ok_or(MoneyError::TooLarge)?;
        Self::new(minor, currency).bounded()
    }

    /// Plain decimal notation with all decimal places of the currency ("12.50").
    pub fn amount(&self) -> String {
        Decimal::new(self.minor, self.currency.exponent()).to_string()
    }

    /// The sum; refused for two currencies or beyond the limit.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed(self.currency, other.currency));
        }
        let minor = self
            .minor
            .checked_add(other.minor)
            .ok_or(MoneyError::TooLarge)?;
        Self::new(minor, self.currency).bounded()
    }

    /// The difference; refused for two currencies or beyond the limit.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(Self::new(-other.minor, other.currency))
    }

    /// `count` times the amount.
    pub fn times(self, count: i64) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(count).ok_or(MoneyError::TooLarge)?;
        Self::new(minor, self.currency).bounded()
    }

    /// The amount times `num / den`, rounded once, computed in 128 bits.
    pub fn mul_ratio(self, num: i64, den: i64, mode: Rounding) -> Result<Self, MoneyError> {
        let exact = i128::from(self.minor) * i128::from(num);
        let minor = divide(exact, i128::from(den), mode).ok_or(MoneyError::TooLarge)?;
        Self::new(minor, self.currency).bounded()
    }

    /// Shares the amount over `weights` so that the shares add up to it exactly (the
    /// method of largest remainders): the largest remainders get the missing cents, ties by weight,
    /// then by position.
    /// A zero weight gets zero.
    pub fn allocate(self, weights: &[i64]) -> Result<Vec<Self>, MoneyError> {
        let shares = allocate(self.minor.unsigned_abs(), weights)?;
        let sign = self.minor.signum();
        Ok(shares
            .into_iter()
            .map(|share| Self::new(sign * share, self.currency))
            .collect())
    }

    fn bounded(self) -> Result<Self, MoneyError> {
        if self.minor.unsigned_abs() > LIMIT_MINOR.unsigned_abs() {
            return Err(MoneyError::TooLarge);
        }
        Ok(self)
    }
}

/// The value of the first `consumed` of `count` units of an amount that was shared over them:
/// the cumulative rule. A step from k to k′ is worth C(k′) − C(k).
pub fn share_of(amount_minor: i64, consumed: i64, count: i64) -> i64 {
    if count <= 0 {
        return 0;
    }
    let exact = i128::from(amount_minor) * i128::from(consumed.clamp(0, count));
    i64::try_from(exact.div_euclid(i128::from(count))).unwrap_or(amount_minor)
}

/// `minor * num / den`, rounded once, computed in 128 bits: the ratio of an amount whose currency is
/// known from elsewhere.
pub fn ratio_of(minor: i64, num: i64, den: i64, mode: Rounding) -> Result<i64, MoneyError> {
    let exact = i128::from(minor) * i128::from(num);
    let part = divide(exact, i128::from(den), mode).ok_or(MoneyError::TooLarge)?;
    if part.unsigned_abs() > LIMIT_MINOR.unsigned_abs() {
        return Err(MoneyError::TooLarge);
    }
    Ok(part)
}

/// Shares `minor` (zero or more) over `weights` as [`Money::allocate`] does.
pub fn shares_of(minor: i64, weights: &[i64]) -> Result<Vec<i64>, MoneyError> {
    allocate(minor.unsigned_abs(), weights)
}

fn divide(num: i128, den: i128, mode: Rounding) -> Option<i64> {
    if den == 0 {
        return None;
    }
    let (num, den) = if den < 0 { (-num, -den) } else { (num, den) };
    let (floor, rest) = (num.div_euclid(den), num.rem_euclid(den));
    let up = match (rest * 2).cmp(&den) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => match mode {
            Rounding::HalfUp => num >= 0,
            Rounding::HalfDown => num < 0,
            Rounding::HalfEven => floor.rem_euclid(2) == 1,
        },
    };
    i64::try_from(floor + i128::from(up)).ok()
}

fn allocate(amount: u64, weights: &[i64]) -> Result<Vec<i64>, MoneyError> {
    let total: i128 = weights
        .iter()
        .map(|weight| i128::from((*weight).max(0)))
        .sum();
    if total == 0 {
        return if amount == 0 {
            Ok(vec![0; weights.len()])
        } else {
            Err(MoneyError::NoWeights)
        };
    }
    let mut shares = Vec::with_capacity(weights.len());
    let mut rests = Vec::with_capacity(weights.len());
    let mut left = i128::from(amount);
    for (position, weight) in weights.iter().enumerate() {
        let exact = i128::from(amount) * i128::from((*weight).max(0));
        let share = exact / total;
        left -= share;
        shares.push(i64::try_from(share).map_err(|_| MoneyError::TooLarge)?);
        rests.push((exact % total, *weight, position));
    }
    rests.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
    for (_, _, position) in rests {
        if left == 0 {
            break;
        }
        if let Some(share) = shares.get_mut(position) {
            *share += 1;
            left -= 1;
        }
    }
    Ok(shares)
}

#[cfg(test)]
#[path = "money_test.rs"]
mod tests;
