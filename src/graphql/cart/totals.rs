//! `CartTotals`: what it costs.

use async_graphql::SimpleObject;

use crate::domain::cart::totals::Quote;
use crate::domain::tax::calculate::Taxed;
use crate::graphql::money::{Money, TaxTotal, TaxedMoney};
use crate::graphql::scalar::Decimal;
use crate::kernel::money::{self, Currency};

/// What a cart costs, computed from what it holds now. Prices are not held until it is completed.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartTotals {
    /// All lines at their prices: with tax where the channel's prices include it.
    pub subtotal: Money,
    /// The chosen delivery at its price; zero while none is chosen.
    pub shipping: Money,
    /// All taxes, of lines and delivery.
    pub tax: Money,
    /// What there is to pay; give it as `expectedTotal` to `cartComplete`.
    pub total: Money,
    /// What each tax rate comes to.
    pub taxes: Vec<TaxTotal>,
    /// Whether the taxes are a guess because the address that decides is still missing.
    pub taxes_estimated: bool,
    /// The country whose taxes these are, ISO 3166-1 alpha-2.
    pub tax_country: String,
}

impl CartTotals {
    /// Of a quote.
    pub fn of(quote: &Quote) -> Self {
        let money = |minor| Money(money::Money::new(minor, quote.currency));
        let tax = |sum: &crate::domain::tax::calculate::TaxSum| TaxTotal {
            name: sum.name.clone(),
            rate: Decimal(sum.rate.percent()),
            base: money(sum.base_minor),
            tax: money(sum.tax_minor),
        };
        Self {
            subtotal: quote.subtotal.into(),
            shipping: quote.shipping.into(),
            tax: quote.tax.into(),
            total: quote.total.into(),
            taxes: quote.taxes.iter().map(tax).collect(),
            taxes_estimated: quote.taxes_estimated,
            tax_country: quote.country.clone(),
        }
    }
}

/// Net, tax and gross in a currency.
pub fn taxed(one: Taxed, currency: Currency) -> TaxedMoney {
    let money = |minor| Money(money::Money::new(minor, currency));
    TaxedMoney {
        net: money(one.net_minor),
        tax: money(one.tax_minor),
        gross: money(one.gross_minor),
    }
}
