//! One row as a variant: its values, number, price and stock.

use std::collections::HashMap;

use entity::stock_policies::Oversell;

use super::Targets;
use super::cell::{flag, grams, number_text, pieces};
use super::columns::Columns;
use super::sku;
use crate::domain::pricing::import_plan::{PlannedPrice, PlannedStock, PlannedVariant};
use crate::import::amount::amount;
use crate::import::table::Row;
use crate::import::{Loss, Problem};
use crate::kernel::money::Money;
use crate::kernel::text::{self, Sku};

/// What the variants of one product are read with.
pub(super) struct Shelf<'a> {
    pub columns: &'a Columns,
    pub targets: &'a Targets,
    pub slug: &'a str,
    /// The product's first row: what is blank below means the same as there.
    pub first: &'a Row,
    /// The options in use: their place among the three, and their name.
    pub options: &'a [(usize, String)],
}

/// Where each number and each combination of values was seen first.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub combinations: HashMap<Vec<String>, u64>,
}

impl Shelf<'_> {
    /// The variant of a row, or why there is none.
    pub(super) fn variant(
        &self,
        row: &Row,
        seen: &mut Seen,
        skus: &mut HashMap<String, u64>,
        problems: &mut Vec<Problem>,
    ) -> Result<PlannedVariant, String> {
        let columns = self.columns;
        let values = self.values(row)?;
        if let Some(line) = seen.combinations.get(&values) {
            return Err(format!("it has the same options as line {line}"));
        }
        let price = self.price(row, problems)?;
        let barcode = number_text(row.get(columns.barcode));
        let barcode = text::optional(barcode, 255).map_err(|error| format!("barcode: {error}"))?;
        let weight_grams = grams(row.get(columns.grams))?;
        let inherited = |column| self.inherited(row, column);
        let requires_shipping = flag(inherited(columns.requires_shipping))?.unwrap_or(true);
        if flag(inherited(columns.taxable))? == Some(false) {
            let reason = "the file says it is not taxed; it is taxed as its tax class says";
            problems.push(Problem::new(row.line, Loss::Nothing, reason));
        }
        let stock = self.stock(row, problems)?;
        let sku = self.sku(row, &values, skus)?;
        skus.insert(sku.as_str().to_owned(), row.line);
        seen.combinations.insert(values.clone(), row.line);
        Ok(PlannedVariant {
            sku,
            values,
            barcode: (!barcode.is_empty()).then_some(barcode),
            weight_grams,
            requires_shipping,
            prices: vec![price],
            stock,
        })
    }

    fn inherited<'r>(&'r self, row: &'r Row, column: Option<usize>) -> &'r str {
        match row.get(column) {
            "" => self.first.get(column),
            own => own,
        }
    }

    fn values(&self, row: &Row) -> Result<Vec<String>, String> {
        let value = |(place, name): &(usize, String)| {
            let column = self.columns.option_values.get(*place).copied().flatten();
            match one_line(row.get(column)) {
                value if value.is_empty() => {
                    Err(format!("it has no value for the option \"{name}\""))
                }
                value => text::line(&value, 255).map_err(|error| format!("\"{name}\" {error}")),
            }
        };
        self.options.iter().map(value).collect()
    }

    fn price(&self, row: &Row, problems: &mut Vec<Problem>) -> Result<PlannedPrice, String> {
        let columns = self.columns;
        let from = if row.get(columns.price).is_empty() {
            self.first
        } else {
            row
        };
        let price = match from.get(columns.price) {
            "" => return Err("it has no price".to_owned()),
            text => {
                amount(text, self.targets.currency).map_err(|error| format!("price: {error}"))?
            }
        };
        let compare_at = match from.get(columns.compare_at) {
            "" => None,
            text => Some(
                amount(text, self.targets.currency)
                    .map_err(|error| format!("compare-at price: {error}"))?,
            ),
        };
        if compare_at.is_some_and(|was| was.minor > 0 && was.minor < price.minor) {
            let reason = "the compare-at price is lower than the price";
            problems.push(Problem::new(row.line, Loss::Nothing, reason));
        }
        Ok(PlannedPrice {
            channel: self.targets.channel,
            amount: price,
            compare_at: compare_at.filter(|was: &Money| was.minor > price.minor),
        })
    }

    fn stock(&self, row: &Row, problems: &mut Vec<Problem>) -> Result<PlannedStock, String> {
        let columns = self.columns;
        let count = pieces(row.get(columns.quantity))?.unwrap_or(0);
        let oversell = match self.inherited(row, columns.policy).to_lowercase().as_str() {
            "" | "deny" | "false" => Oversell::Deny,
            "continue" | "true" => Oversell::Backorder,
            other => return Err(format!("\"{other}\" is neither deny nor continue")),
        };
        if row.get(columns.tracker).is_empty() {
            return Ok(PlannedStock::Untracked);
        }
        if count < 0 {
            let reason = format!("{count} pieces are taken as none");
            problems.push(Problem::new(row.line, Loss::Nothing, reason));
        }
        Ok(PlannedStock::Tracked {
            on_hand: count.max(0),
            oversell,
        })
    }

    fn sku(
        &self,
        row: &Row,
        values: &[String],
        skus: &HashMap<String, u64>,
    ) -> Result<Sku, String> {
        let given = number_text(row.get(self.columns.sku));
        if given.is_empty() {
            let made = sku::made(self.slug, values);
            let taken = skus.contains_key(&made);
            let made = if taken {
                sku::told_apart(&made, self.slug, values)
            } else {
                made
            };
            return Sku::parse(&made).map_err(|error| format!("SKU {error}"));
        }
        let sku = Sku::parse(given).map_err(|error| format!("SKU {error}"))?;
        match skus.get(sku.as_str()) {
            Some(line) => Err(format!("its SKU \"{sku}\" is that of line {line}")),
            None => Ok(sku),
        }
    }
}

/// The text with every run of white space as one space.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}
