//! `channelCreate`.

use async_graphql::{Context, InputObject};

use super::types::{Channel, RoundingMode, TaxMode, TaxRounding};
use crate::domain::channel::commands;
use crate::graphql::context::execute;
use crate::graphql::input::{each, line, parsed};
use crate::graphql::payload::{Reply, payload, reply};
use crate::graphql::scalar::CurrencyCode;
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::{Country, Language, ShortCode};

/// A new channel.
#[derive(InputObject)]
pub struct ChannelCreateInput {
    /// Unique code, as the header `X-Channel` names it: letters, digits, hyphens, at most 40.
    code: String,
    /// Name for people.
    name: String,
    /// The currency of all its prices; never changes.
    currency: CurrencyCode,
    /// Whether its prices include tax.
    tax_mode: TaxMode,
    /// At which level tax is rounded.
    #[graphql(default_with = "TaxRounding::Line")]
    tax_rounding: TaxRounding,
    /// How half a minor unit is rounded.
    #[graphql(default_with = "RoundingMode::HalfUp")]
    rounding_mode: RoundingMode,
    /// Countries it sells to, ISO 3166-1 alpha-2; the first is the default.
    countries: Vec<String>,
    /// Languages it speaks; the first is the default.
    languages: Vec<String>,
    /// Whether requests that name no channel mean this one.
    #[graphql(default)]
    is_default: bool,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `channelCreate` answers.
    ChannelCreatePayload {
        /// The new channel.
        channel: Channel,
    }
}

impl ChannelCreateInput {
    fn command(&self) -> Result<commands::ChannelCreate, Refused> {
        Ok(commands::ChannelCreate {
            code: parsed("input.code", &self.code, ShortCode::parse)?,
            name: line("input.name", &self.name, 200)?,
            currency: self.currency.0,
            tax_mode: self.tax_mode.into(),
            tax_rounding: self.tax_rounding.into(),
            rounding_mode: self.rounding_mode.into(),
            countries: each("input.countries", &self.countries, |path, text: &String| {
                parsed(path, text, Country::parse)
            })?,
            languages: each("input.languages", &self.languages, |path, text: &String| {
                parsed(path, text, Language::parse)
            })?,
            is_default: self.is_default,
        })
    }
}

pub(super) async fn channel_create(
    ctx: &Context<'_>,
    input: ChannelCreateInput,
) -> Reply<ChannelCreatePayload> {
    reply(create(ctx, input).await)
}

async fn create(
    ctx: &Context<'_>,
    input: ChannelCreateInput,
) -> Result<ChannelCreatePayload, Stop> {
    let created = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let channel = Some(Channel::by_id(ctx, created.channel).await?);
    Ok(ChannelCreatePayload {
        channel,
        ..Default::default()
    })
}
