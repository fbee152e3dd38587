//! The arithmetic of tax: amounts with their rates in, net, tax and gross out.
//!
//! Invariants: net + tax = gross for every item and for the document; the amounts that came in do
//! not move (gross where prices contain tax, net where they do not); the taxes of the items add up
//! to the taxes of the summary. Deliberately absent: which rate applies (`choose.rs`), compound
//! taxes, amounts below zero.

use entity::channels::{RoundingMode, TaxMode, TaxRounding};
use serde::{Deserialize, Serialize};

use crate::kernel::money::{LIMIT_MINOR, MoneyError, Rounding, ratio_of, shares_of};
use crate::kernel::rate::{Rate, WHOLE_PPM};

/// How a document is taxed; frozen on an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxRules {
    /// Whether the amounts contain the tax.
    pub mode: TaxMode,
    /// Whether tax is rounded for each item or once for each rate of the document.
    pub level: TaxRounding,
    /// How a half is rounded.
    pub rounding: Rounding,
}

/// The rounding of the money behind the word of a channel.
pub fn rounding(mode: RoundingMode) -> Rounding {
    match mode {
        RoundingMode::HalfUp => Rounding::HalfUp,
        RoundingMode::HalfEven => Rounding::HalfEven,
        RoundingMode::HalfDown => Rounding::HalfDown,
    }
}

/// Something that is taxed: a line, or the delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taxable {
    /// Minor units, zero or more; gross where prices contain tax, else net.
    pub amount_minor: i64,
    /// Its rate.
    pub rate: Rate,
    /// What an invoice calls the tax, such as "VAT".
    pub name: String,
}

/// One item with its tax, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxed {
    /// Without tax.
    pub net_minor: i64,
    /// The tax.
    pub tax_minor: i64,
    /// With tax.
    pub gross_minor: i64,
}

/// What one rate comes to over the whole document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxSum {
    /// What an invoice calls it.
    pub name: String,
    /// The rate.
    pub rate: Rate,
    /// The net amounts it was taken of.
    pub base_minor: i64,
    /// The tax.
    pub tax_minor: i64,
}

/// A document with its taxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taxes {
    /// One for each item, in their order.
    pub items: Vec<Taxed>,
    /// One for each rate and name, the highest rate first.
    pub summary: Vec<TaxSum>,
    /// All items together.
    pub total: Taxed,
}

/// Taxes a document. Refused only where an amount is below zero or the sums are beyond
/// [`LIMIT_MINOR`].
pub fn calculate(rules: TaxRules, items: &[Taxable]) -> Result<Taxes, MoneyError> {
    let within = 0..=LIMIT_MINOR;
    if items
        .iter()
        .any(|item| !within.contains(&item.amount_minor))
    {
        return Err(MoneyError::TooLarge);
    }
    let taxes = match rules.level {
        TaxRounding::Line => by_item(rules, items)?,
        TaxRounding::Document => by_document(rules, items)?,
    };
    let taxed: Vec<Taxed> = items
        .iter()
        .zip(taxes)
        .map(|(item, tax_minor)| split(rules.mode, item.amount_minor, tax_minor))
        .collect();
    let mut total = Taxed::default();
    for one in &taxed {
        add(&mut total, *one)?;
    }
    Ok(Taxes {
        summary: summary(items, &taxed),
        items: taxed,
        total,
    })
}

/// The tax of one amount, rounded once.
fn tax_of(rules: TaxRules, amount_minor: i64, rate: Rate) -> Result<i64, MoneyError> {
    let whole = match rules.mode {
        TaxMode::Exclusive => WHOLE_PPM,
        TaxMode::Inclusive => WHOLE_PPM + rate.ppm(),
    };
    ratio_of(amount_minor, rate.ppm(), whole, rules.rounding)
}

fn by_item(rules: TaxRules, items: &[Taxable]) -> Result<Vec<i64>, MoneyError> {
    items
        .iter()
        .map(|item| tax_of(rules, item.amount_minor, item.rate))
        .collect()
}

/// The tax of each rate is rounded once over its sum, then spread over its items by their amounts.
fn by_document(rules: TaxRules, items: &[Taxable]) -> Result<Vec<i64>, MoneyError> {
    let mut taxes = vec![0; items.len()];
    for (name, rate) in kinds(items) {
        let weights: Vec<i64> = items
            .iter()
            .map(|item| {
                let same = item.rate == rate && item.name == name;
                if same { item.amount_minor } else { 0 }
            })
            .collect();
        let sum = weights
            .iter()
            .try_fold(0_i64, |sum, weight| sum.checked_add(*weight));
        let tax = tax_of(rules, sum.ok_or(MoneyError::TooLarge)?, rate)?;
        let shares = shares_of(tax, &weights)?;
        for (mine, share) in taxes.iter_mut().zip(shares) {
            *mine += share;
        }
    }
    Ok(taxes)
}

fn split(mode: TaxMode, amount_minor: i64, tax_minor: i64) -> Taxed {
    match mode {
        TaxMode::Inclusive => Taxed {
            net_minor: amount_minor - tax_minor,
            tax_minor,
            gross_minor: amount_minor,
        },
        TaxMode::Exclusive => Taxed {
            net_minor: amount_minor,
            tax_minor,
            gross_minor: amount_minor + tax_minor,
        },
    }
}

fn add(total: &mut Taxed, one: Taxed) -> Result<(), MoneyError> {
    let gross = total.gross_minor.checked_add(one.gross_minor);
    let gross = gross.filter(|gross| *gross <= LIMIT_MINOR);
    total.gross_minor = gross.ok_or(MoneyError::TooLarge)?;
    total.net_minor += one.net_minor;
    total.tax_minor += one.tax_minor;
    Ok(())
}

/// The distinct rates, the highest first, then by name.
fn kinds(items: &[Taxable]) -> Vec<(&str, Rate)> {
    let mut kinds: Vec<_> = items
        .iter()
        .map(|item| (item.name.as_str(), item.rate))
        .collect();
    kinds.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    kinds.dedup();
    kinds
}

fn summary(items: &[Taxable], taxed: &[Taxed]) -> Vec<TaxSum> {
    let sum = |(name, rate): (&str, Rate)| {
        let mine = items
            .iter()
            .zip(taxed)
            .filter(|(item, _)| item.rate == rate && item.name == name);
        let mut sum = TaxSum {
            name: name.to_owned(),
            rate,
            base_minor: 0,
            tax_minor: 0,
        };
        for (_, taxed) in mine {
            sum.base_minor += taxed.net_minor;
            sum.tax_minor += taxed.tax_minor;
        }
        sum
    };
    kinds(items).into_iter().map(sum).collect()
}

#[cfg(test)]
#[path = "calculate_test.rs"]
mod tests;
