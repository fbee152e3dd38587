//! `deliveryMethodCreate`.

use async_graphql::{Context, ID, InputObject};

use super::types::{DeliveryMethod, DeliveryMethodKind};
use crate::domain::shipping::commands;
use crate::domain::shipping::terms::Terms;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::{each, line, parsed};
use crate::graphql::money::MoneyInput;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::{Country, ShortCode};

/// A new way to deliver.
#[derive(InputObject)]
pub struct DeliveryMethodCreateInput {
    /// The channel that offers it.
    channel_id: ID,
    /// Unique within the channel: letters, digits, hyphens, at most 40.
    code: String,
    /// What the buyer reads.
    name: String,
    /// How its price comes about.
    kind: DeliveryMethodKind,
    /// What it costs where it is not free, in the currency of the channel.
    price: MoneyInput,
    /// The value of goods from which it is free; needed for `FREE_OVER`.
    free_over: Option<MoneyInput>,
    /// How it is taxed.
    tax_class_id: ID,
    /// Where it goes, ISO 3166-1 alpha-2; empty for all countries of the channel.
    #[graphql(default)]
    countries: Vec<String>,
    /// Working days at best.
    #[graphql(default = 1)]
    min_days: i32,
    /// Working days at worst.
    #[graphql(default = 5)]
    max_days: i32,
    /// Order in which it is offered.
    #[graphql(default)]
    position: i32,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `deliveryMethodCreate` answers.
    DeliveryMethodCreatePayload {
        /// The new method.
        delivery_method: DeliveryMethod,
    }
}

impl DeliveryMethodCreateInput {
    fn command(&self) -> Result<commands::DeliveryMethodCreate, Refused> {
        Ok(commands::DeliveryMethodCreate {
            channel: parse_id(&self.channel_id, "input.channelId")?,
            code: parsed("input.code", &self.code, ShortCode::parse)?,
            name: line("input.name", &self.name, 200)?,
            terms: self.terms()?,
            tax_class: parse_id(&self.tax_class_id, "input.taxClassId")?,
        })
    }

    fn terms(&self) -> Result<Terms, Refused> {
        let free_over = self.free_over.as_ref();
        Ok(Terms {
            kind: self.kind.into(),
            price: self.price.parse("input.price")?,
            free_over: free_over
                .map(|over| over.parse("input.freeOver"))
                .transpose()?,
            countries: each("input.countries", &self.countries, |path, code| {
                parsed(path, code, Country::parse).map(Country::into_string)
            })?,
            min_days: self.min_days.into(),
            max_days: self.max_days.into(),
            position: self.position.into(),
        })
    }
}

pub(super) async fn delivery_method_create(
    ctx: &Context<'_>,
    input: DeliveryMethodCreateInput,
) -> Reply<DeliveryMethodCreatePayload> {
    reply(create(ctx, input).await)
}

async fn create(
    ctx: &Context<'_>,
    input: DeliveryMethodCreateInput,
) -> Result<DeliveryMethodCreatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(DeliveryMethodCreatePayload {
        delivery_method: Some(DeliveryMethod::by_id(ctx, done.method).await?),
        ..Default::default()
    })
}
