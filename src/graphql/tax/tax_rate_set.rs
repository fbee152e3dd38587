//! `taxRateSet`.

use async_graphql::{Context, ID, InputObject};

use super::types::TaxRate;
use crate::domain::tax::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::{line, optional, parsed};
use crate::graphql::payload::{Reply, payload, reply};
use crate::graphql::scalar::Decimal;
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::Country;

/// The rate of a class at a place.
#[derive(InputObject)]
pub struct TaxRateSetInput {
    /// The class of goods.
    tax_class_id: ID,
    /// The country, ISO 3166-1 alpha-2.
    country: String,
    /// The region within it, as addresses write it ("NY"); none for all of it.
    region: Option<String>,
    /// What an invoice calls the tax ("VAT").
    name: String,
    /// The rate in percent: "19", "7.7"; 0 to 100, at most four decimal places.
    percent: Decimal,
    /// The version the present rate was read at, 0 where there was none; refused if it has changed
    /// since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `taxRateSet` answers.
    TaxRateSetPayload {
        /// The rate as it is now.
        tax_rate: TaxRate,
    }
}

impl TaxRateSetInput {
    fn command(&self) -> Result<commands::TaxRateSet, Refused> {
        let region = self.region.as_deref().unwrap_or_default();
        let rate = self.percent.0.parse();
        Ok(commands::TaxRateSet {
            class: parse_id(&self.tax_class_id, "input.taxClassId")?,
            country: parsed("input.country", &self.country, Country::parse)?,
            region: optional("input.region", region, 100)?.to_uppercase(),
            name: line("input.name", &self.name, 100)?,
            rate: rate.map_err(|no| Refused::invalid("input.percent", sentence(&no)))?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

fn sentence(no: &impl ToString) -> String {
    format!("This is no rate: {}.", no.to_string())
}

pub(super) async fn tax_rate_set(
    ctx: &Context<'_>,
    input: TaxRateSetInput,
) -> Reply<TaxRateSetPayload> {
    reply(set(ctx, input).await)
}

async fn set(ctx: &Context<'_>, input: TaxRateSetInput) -> Result<TaxRateSetPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(TaxRateSetPayload {
        tax_rate: Some(TaxRate::by_id(ctx, done.rate).await?),
        ..Default::default()
    })
}
