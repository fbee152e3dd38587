//! Scalars of ours. What does not parse is refused with the document, before any resolver runs.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

use crate::kernel::clock;
use crate::kernel::money::Currency;

/// A whole number of up to 64 bits, as a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BigInt(pub i64);

/// A whole number of up to 64 bits, as a string.
#[Scalar]
impl ScalarType for BigInt {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(&value)?
            .parse()
            .map(Self)
            .map_err(|_| InputValueError::custom("not a whole number"))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A decimal number in plain notation, as a string: "12.50".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal(pub String);

/// A decimal number in plain notation, as a string: "12.50".
#[Scalar]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        Ok(Self(text(&value)?.to_owned()))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// A currency code of ISO 4217, such as `EUR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrencyCode(pub Currency);

/// A currency code of ISO 4217, such as `EUR`.
#[Scalar]
impl ScalarType for CurrencyCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(&value)?
            .parse()
            .map(Self)
            .map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// An instant in UTC, RFC 3339 with microseconds: `2026-11-21T09:30:00.000000Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub clock::Instant);

/// An instant in UTC, RFC 3339 with microseconds: `2026-11-21T09:30:00.000000Z`.
#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let parsed = chrono::DateTime::parse_from_rfc3339(text(&value)?)
            .map_err(|_| InputValueError::custom("not an instant of RFC 3339"))?;
        Ok(Self(clock::to_micros(parsed.to_utc())))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(chrono::SecondsFormat::Micros, true))
    }
}

fn text<T: async_graphql::InputType>(value: &Value) -> Result<&str, InputValueError<T>> {
    match value {
        Value::String(text) if text.len() <= 4096 => Ok(text),
        _ => Err(InputValueError::custom("a string is wanted")),
    }
}
