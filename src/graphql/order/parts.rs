//! What belongs to an order: totals, delivery, contact, addresses, attribution.

use async_graphql::SimpleObject;
use entity::{order_addresses, order_contacts, order_deliveries, order_taxes, orders};

use super::types::money;
use crate::graphql::address::PostalAddress;
use crate::graphql::buyer::{Attribution, Contact};
use crate::graphql::money::{Money, TaxTotal, TaxedMoney};
use crate::graphql::scalar::Decimal;
use crate::graphql::user_error::int;
use crate::kernel::money::Currency;
use crate::kernel::rate::Rate;

/// What an order comes to.
#[derive(Clone, Debug, SimpleObject)]
pub struct OrderTotals {
    /// All lines at their prices: with tax where the channel's prices include it.
    pub subtotal: Money,
    /// The delivery at its price.
    pub shipping: Money,
    /// All reductions.
    pub discount: Money,
    /// All taxes, of lines and delivery.
    pub tax: Money,
    /// What there is to pay.
    pub total: Money,
    /// What each tax rate comes to.
    pub taxes: Vec<TaxTotal>,
}

impl OrderTotals {
    /// Of an order with its taxes.
    pub fn of(order: &orders::Model, taxes: &[order_taxes::Model], currency: Currency) -> Self {
        let money = |minor| money(minor, currency);
        let tax = |row: &order_taxes::Model| TaxTotal {
            name: row.name.clone(),
            rate: percent(row.rate_ppm),
            base: money(row.base_minor),
            tax: money(row.tax_minor),
        };
        Self {
            subtotal: money(order.subtotal_minor),
            shipping: money(order.shipping_minor),
            discount: money(order.discount_minor),
            tax: money(order.tax_minor),
            total: money(order.total_minor),
            taxes: taxes.iter().map(tax).collect(),
        }
    }
}

/// How an order is delivered.
#[derive(Clone, Debug, SimpleObject)]
pub struct OrderDelivery {
    /// Code of the method.
    pub code: String,
    /// Name of the method.
    pub name: String,
    /// What was charged, as the channel shows prices.
    pub price: Money,
    /// The charge without, of and with tax.
    pub total: TaxedMoney,
    /// The tax rate in percent: "19".
    pub tax_rate: Decimal,
    /// Working days at best.
    pub min_days: i32,
    /// Working days at worst.
    pub max_days: i32,
}

impl OrderDelivery {
    /// Of an order in that currency.
    pub fn of(row: order_deliveries::Model, currency: Currency) -> Self {
        let money = |minor| money(minor, currency);
        Self {
            price: money(row.price_minor),
            total: TaxedMoney {
                net: money(row.net_minor),
                tax: money(row.tax_minor),
                gross: money(row.gross_minor),
            },
            tax_rate: percent(row.tax_rate_ppm),
            min_days: int(row.min_days),
            max_days: int(row.max_days),
            code: row.code,
            name: row.name,
        }
    }
}

impl From<order_contacts::Model> for Contact {
    fn from(row: order_contacts::Model) -> Self {
        Self {
            email: row.email,
            phone: row.phone,
        }
    }
}

impl From<order_addresses::Model> for PostalAddress {
    fn from(row: order_addresses::Model) -> Self {
        Self {
            first_name: row.first_name,
            last_name: row.last_name,
            company: row.company,
            line1: row.line1,
            line2: row.line2,
            city: row.city,
            region: row.region,
            postal_code: row.postal_code,
            country: row.country,
            phone: row.phone,
        }
    }
}

impl From<&orders::Model> for Attribution {
    fn from(row: &orders::Model) -> Self {
        Self {
            source: row.campaign_source.clone(),
            medium: row.campaign_medium.clone(),
            name: row.campaign_name.clone(),
        }
    }
}

fn percent(ppm: i64) -> Decimal {
    Decimal(Rate::from_ppm(ppm).unwrap_or_default().percent())
}
