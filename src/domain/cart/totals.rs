//! What a cart costs: a pure function of its [`Basket`], the same one for the cart that is shown
//! and for the order that is placed.
//!
//! Invariants: total = the gross of all lines + the gross of the delivery; where prices contain
//! tax, gross is the price and never moves; the order of the lines moves no total. A line without a
//! price counts for nothing here, and `readiness.rs` names it. Deliberately absent: campaigns,
//! coupons and floors, which stand between LIST and SHIPPING.

use entity::channels::TaxMode;
use entity::id::{CartLineId, DeliveryMethodId, TaxClassId};
use serde_json::json;
use uuid::Uuid;

use super::facts::{Basket, Delivery, Facts, Line};
use crate::domain::tax::calculate::{self, TaxRules, TaxSum, Taxable, Taxed, Taxes};
use crate::domain::tax::choose::RateRow;
use crate::kernel::money::{Currency, Money, MoneyError};
use crate::kernel::rate::Rate;

/// What a cart costs, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The currency of every figure.
    pub currency: Currency,
    /// The country whose taxes these are.
    pub country: String,
    /// Whether that country is a guess.
    pub taxes_estimated: bool,
    /// The lines that have a price, in order.
    pub lines: Vec<QuotedLine>,
    /// The delivery that was chosen, if anything has to be sent.
    pub delivery: Option<QuotedDelivery>,
    /// What each rate comes to; goods that are not taxed are in none.
    pub taxes: Vec<TaxSum>,
    /// All lines at their prices: with tax where prices contain it.
    pub subtotal: Money,
    /// The delivery at its price.
    pub shipping: Money,
    /// All taxes.
    pub tax: Money,
    /// What is to be paid.
    pub total: Money,
    /// How each figure came about.
    pub steps: Vec<Step>,
}

/// A line with its price.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotedLine {
    /// The line.
    pub line: CartLineId,
    /// Its place among all lines of the basket, from 0.
    pub place: usize,
    /// Pieces.
    pub quantity: i64,
    /// The price of one.
    pub unit_price: Money,
    /// The price of all, as priced.
    pub amount: Money,
    /// Without, of and with tax, in minor units.
    pub taxed: Taxed,
    /// The class it is taxed by.
    pub tax_class: TaxClassId,
    /// The rate that applies.
    pub rate: RateRow,
}

/// The delivery with its price.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotedDelivery {
    /// The method.
    pub method: DeliveryMethodId,
    /// What it costs here.
    pub price: Money,
    /// Without, of and with tax, in minor units.
    pub taxed: Taxed,
    /// The rate that applies.
    pub rate: RateRow,
}

/// A stage of the price waterfall; later ones never edit an earlier one's step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The price in the channel.
    List,
    /// The delivery.
    Shipping,
    /// The tax.
    Tax,
}

impl Stage {
    /// The name as stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "LIST",
            Self::Shipping => "SHIPPING",
            Self::Tax => "TAX",
        }
    }
}

/// One step of the waterfall, in minor units. The last result of a line is its gross.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The line, from 1; 0 is the delivery.
    pub line_no: i64,
    /// Counts the steps of a line, from 1.
    pub seq: i64,
    /// Which stage.
    pub stage: Stage,
    /// What sort of rule acted.
    pub rule_type: &'static str,
    /// The rule, where it has a row.
    pub rule: Option<Uuid>,
    /// What it acted on.
    pub basis_minor: i64,
    /// What it added.
    pub delta_minor: i64,
    /// What came out.
    pub result_minor: i64,
    /// Why, as a code.
    pub reason: &'static str,
    /// The rule's numbers.
    pub params: serde_json::Value,
}

/// The number that stands for the delivery among the lines of the waterfall.
pub const DELIVERY_NO: i64 = 0;

/// What the cart costs. Refused only where the sums are beyond what money can say.
pub fn compute(facts: &Facts) -> Result<Quote, MoneyError> {
    quote(&facts.basket)
}

fn quote(basket: &Basket) -> Result<Quote, MoneyError> {
    let currency = basket.market.currency;
    let priced = priced(basket)?;
    let subtotal = sum(currency, priced.iter().map(|one| one.amount))?;
    let delivery = chosen(basket);
    let shipping = delivery.map_or(Money::zero(currency), |delivery| delivery.cost(subtotal));

    let amounts = priced
        .iter()
        .map(|one| (one.line.goods.tax_class, one.amount));
    let delivered = delivery.map(|delivery| (delivery.tax_class, shipping));
    let taxables: Vec<Taxable> = amounts
        .chain(delivered)
        .map(|(class, amount)| taxable(basket, class, amount))
        .collect();
    let taxes = calculate::calculate(rules(basket), &taxables)?;

    let lines: Vec<QuotedLine> = priced
        .iter()
        .zip(&taxes.items)
        .map(|(one, taxed)| one.quoted(basket, *taxed))
        .collect();
    let delivery = delivery.zip(taxes.items.get(priced.len()));
    let delivery =
        delivery.map(|(delivery, taxed)| (delivery, delivery.quoted(basket, shipping, *taxed)));
    let steps = steps(basket, &lines, delivery.as_ref());
    let destination = basket.destination();
    Ok(Quote {
        currency,
        country: destination.country.to_owned(),
        taxes_estimated: destination.estimated,
        steps,
        lines,
        delivery: delivery.map(|(_, quoted)| quoted),
        tax: Money::new(taxes.total.tax_minor, currency),
        total: Money::new(taxes.total.gross_minor, currency),
        taxes: named(taxes),
        subtotal,
        shipping,
    })
}

/// The delivery that is to be paid: one was chosen, and something has to be sent.
fn chosen(basket: &Basket) -> Option<&Delivery> {
    basket
        .delivery
        .as_ref()
        .filter(|_| basket.requires_shipping())
}

fn rules(basket: &Basket) -> TaxRules {
    TaxRules {
        mode: basket.market.tax_mode,
        level: basket.market.tax_rounding,
        rounding: calculate::rounding(basket.market.rounding_mode),
    }
}

fn taxable(basket: &Basket, class: TaxClassId, amount: Money) -> Taxable {
    let row = rate(basket, class);
    Taxable {
        amount_minor: amount.minor,
        rate: row.rate,
        name: row.name,
    }
}

fn rate(basket: &Basket, class: TaxClassId) -> RateRow {
    basket.rates.get(&class).cloned().unwrap_or_default()
}

/// Without what is not taxed at all: that has no name.
fn named(taxes: Taxes) -> Vec<TaxSum> {
    let mut summary = taxes.summary;
    summary.retain(|one| !(one.name.is_empty() && one.rate == Rate::default()));
    summary
}

fn sum(currency: Currency, amounts: impl Iterator<Item = Money>) -> Result<Money, MoneyError> {
    amounts
        .into_iter()
        .try_fold(Money::zero(currency), Money::plus)
}

struct Priced<'a> {
    line: &'a Line,
    place: usize,
    unit_price: Money,
    amount: Money,
}

fn priced(basket: &Basket) -> Result<Vec<Priced<'_>>, MoneyError> {
    let priced = basket.lines.iter().enumerate().filter_map(|(place, line)| {
        let unit_price = line.goods.price?;
        Some(unit_price.times(line.quantity).map(|amount| Priced {
            line,
            place,
            unit_price,
            amount,
        }))
    });
    priced.collect()
}

impl Priced<'_> {
    fn quoted(&self, basket: &Basket, taxed: Taxed) -> QuotedLine {
        QuotedLine {
            line: self.line.id,
            place: self.place,
            quantity: self.line.quantity,
            unit_price: self.unit_price,
            amount: self.amount,
            taxed,
            tax_class: self.line.goods.tax_class,
            rate: rate(basket, self.line.goods.tax_class),
        }
    }
}

impl Delivery {
    fn quoted(&self, basket: &Basket, price: Money, taxed: Taxed) -> QuotedDelivery {
        QuotedDelivery {
            method: self.method,
            price,
            taxed,
            rate: rate(basket, self.tax_class),
        }
    }
}

fn steps(
    basket: &Basket,
    lines: &[QuotedLine],
    delivery: Option<&(&Delivery, QuotedDelivery)>,
) -> Vec<Step> {
    let mode = basket.market.tax_mode;
    let mut steps = Vec::with_capacity(2 * lines.len() + 2);
    for line in lines {
        let line_no = i64::try_from(line.place).unwrap_or(i64::MAX - 1) + 1;
        steps.push(Step {
            line_no,
            seq: 1,
            stage: Stage::List,
            rule_type: "price",
            rule: None,
            basis_minor: 0,
            delta_minor: line.amount.minor,
            result_minor: line.amount.minor,
            reason: "LIST_PRICE",
            params: json!({
                "unitPriceMinor": line.unit_price.minor,
                "quantity": line.quantity,
            }),
        });
        steps.push(tax_step(line_no, mode, line.taxed, &line.rate));
    }
    if let Some((delivery, quoted)) = delivery {
        steps.push(shipping_step(delivery, quoted.price));
        steps.push(tax_step(DELIVERY_NO, mode, quoted.taxed, &quoted.rate));
    }
    steps
}

fn shipping_step(delivery: &Delivery, price: Money) -> Step {
    let free = price.minor == 0 && delivery.tariff.price.minor > 0;
    Step {
        line_no: DELIVERY_NO,
        seq: 1,
        stage: Stage::Shipping,
        rule_type: "delivery_method",
        rule: Some(delivery.method.uuid()),
        basis_minor: 0,
        delta_minor: price.minor,
        result_minor: price.minor,
        reason: if free { "FREE_OVER" } else { "FLAT_RATE" },
        params: json!({
            "priceMinor": delivery.tariff.price.minor,
            "freeOverMinor": delivery.tariff.free_over.map(|one| one.minor),
        }),
    }
}

fn tax_step(line_no: i64, mode: TaxMode, taxed: Taxed, row: &RateRow) -> Step {
    let (basis, delta, reason) = match mode {
        TaxMode::Inclusive => (taxed.gross_minor, 0, "TAX_INCLUDED"),
        TaxMode::Exclusive => (taxed.net_minor, taxed.tax_minor, "TAX_ADDED"),
    };
    Step {
        line_no,
        seq: 2,
        stage: Stage::Tax,
        rule_type: "tax_rate",
        rule: None,
        basis_minor: basis,
        delta_minor: delta,
        result_minor: taxed.gross_minor,
        reason,
        params: json!({
            "name": row.name,
            "ratePpm": row.rate.ppm(),
            "taxMinor": taxed.tax_minor,
        }),
    }
}

#[cfg(test)]
#[path = "totals_test.rs"]
mod tests;
