//! `deliveryMethodUpdate`.

use async_graphql::{Context, ID, InputObject};

use super::types::{DeliveryMethod, DeliveryMethodKind};
use crate::domain::shipping::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::{each, line, parsed};
use crate::graphql::money::MoneyInput;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::Country;

/// Changes of a way to deliver; what is left out stays.
#[derive(InputObject)]
pub struct DeliveryMethodUpdateInput {
    /// Which method.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// What the buyer reads.
    name: Option<String>,
    /// How its price comes about.
    kind: Option<DeliveryMethodKind>,
    /// What it costs where it is not free, in the currency of the channel.
    price: Option<MoneyInput>,
    /// The value of goods from which it is free.
    free_over: Option<MoneyInput>,
    /// How it is taxed.
    tax_class_id: Option<ID>,
    /// Where it goes, ISO 3166-1 alpha-2; empty for all countries of the channel.
    countries: Option<Vec<String>>,
    /// Working days at best.
    min_days: Option<i32>,
    /// Working days at worst.
    max_days: Option<i32>,
    /// Order in which it is offered.
    position: Option<i32>,
    /// Whether it is offered.
    active: Option<bool>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `deliveryMethodUpdate` answers.
    DeliveryMethodUpdatePayload {
        /// The method as it is now.
        delivery_method: DeliveryMethod,
    }
}

impl DeliveryMethodUpdateInput {
    fn command(&self) -> Result<commands::DeliveryMethodUpdate, Refused> {
        let amount = |path, given: &Option<MoneyInput>| {
            given.as_ref().map(|one| one.parse(path)).transpose()
        };
        let name = self.name.as_ref();
        let class = self.tax_class_id.as_ref();
        let countries = |list: &Vec<String>| {
            each("input.countries", list, |path, code| {
                parsed(path, code, Country::parse)
            })
        };
        Ok(commands::DeliveryMethodUpdate {
            method: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            name: name.map(|name| line("input.name", name, 200)).transpose()?,
            kind: self.kind.map(DeliveryMethodKind::into),
            price: amount("input.price", &self.price)?,
            free_over: amount("input.freeOver", &self.free_over)?,
            tax_class: class
                .map(|id| parse_id(id, "input.taxClassId"))
                .transpose()?,
            countries: self.countries.as_ref().map(countries).transpose()?,
            min_days: self.min_days.map(i64::from),
            max_days: self.max_days.map(i64::from),
            position: self.position.map(i64::from),
            active: self.active,
        })
    }
}

pub(super) async fn delivery_method_update(
    ctx: &Context<'_>,
    input: DeliveryMethodUpdateInput,
) -> Reply<DeliveryMethodUpdatePayload> {
    reply(update(ctx, input).await)
}

async fn update(
    ctx: &Context<'_>,
    input: DeliveryMethodUpdateInput,
) -> Result<DeliveryMethodUpdatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(DeliveryMethodUpdatePayload {
        delivery_method: Some(DeliveryMethod::by_id(ctx, done.method).await?),
        ..Default::default()
    })
}
