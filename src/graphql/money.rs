//! Money in the API: the decimal string for people, minor units for machines.

use async_graphql::{InputObject, Object, SimpleObject};

use super::scalar::{BigInt, CurrencyCode, Decimal};
use crate::kernel::error::Refused;
use crate::kernel::money;

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money(pub money::Money);

impl From<money::Money> for Money {
    fn from(money: money::Money) -> Self {
        Self(money)
    }
}

/// An amount of money.
#[Object]
impl Money {
    /// The amount in plain decimal notation, with all decimal places of the currency: "12.50".
    async fn amount(&self) -> Decimal {
        Decimal(self.0.amount())
    }

    /// The amount in the smallest unit of the currency (cents), as a string.
    async fn amount_minor(&self) -> BigInt {
        BigInt(self.0.minor)
    }

    /// The currency.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency)
    }
}

/// An amount before, of, and with tax.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct TaxedMoney {
    /// Without tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
    /// With tax.
    pub gross: Money,
}

/// What one tax rate comes to, over all lines and the delivery.
#[derive(Clone, Debug, SimpleObject)]
pub struct TaxTotal {
    /// What the tax is called, such as "VAT".
    pub name: String,
    /// The rate in percent: "19".
    pub rate: Decimal,
    /// The net amounts it is taken of.
    pub base: Money,
    /// The tax.
    pub tax: Money,
}

/// An amount of money that is given.
#[derive(Clone, Debug, InputObject)]
pub struct MoneyInput {
    /// Plain decimal notation ("12.50"); no more decimal places than the currency has.
    pub amount: Decimal,
    /// The currency.
    pub currency: CurrencyCode,
}

impl MoneyInput {
    /// The amount, checked; `path` as in `input.price`.
    pub fn parse(&self, path: &str) -> Result<money::Money, Refused> {
        money::Money::parse(&self.amount.0, self.currency.0)
            .map_err(|error| Refused::invalid(&format!("{path}.amount"), error.to_string()))
    }
}
