//! `pricesSet`.

use async_graphql::{Context, ID, InputObject};

use super::variants_of;
use crate::domain::pricing::commands;
use crate::domain::pricing::price::NewPrice;
use crate::graphql::catalog::ProductVariant;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::each;
use crate::graphql::money::MoneyInput;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// What variants cost from now on.
#[derive(InputObject)]
pub struct PricesSetInput {
    /// The prices, each variant and channel once; at most 250. Prices that are not named stay.
    prices: Vec<PriceInput>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

/// What a variant costs in a channel from now on.
#[derive(InputObject)]
pub struct PriceInput {
    /// Which variant.
    variant_id: ID,
    /// In which channel.
    channel_id: ID,
    /// The price, in the channel's currency; with tax where the channel's prices include it.
    amount: MoneyInput,
    /// The higher price it is compared with; leave out for none.
    compare_at: Option<MoneyInput>,
    /// The version the price was read at, 0 where there was none; refused if it has changed since.
    expected_version: Option<i32>,
}

payload! {
    /// What `pricesSet` answers.
    PricesSetPayload {
        /// The variants with their prices, in the order of the input.
        variants: Vec<ProductVariant>,
    }
}

impl PricesSetInput {
    fn command(&self) -> Result<commands::PricesSet, Refused> {
        let prices = each("input.prices", &self.prices, |path, price| {
            let compare_at = price.compare_at.as_ref();
            Ok(NewPrice {
                variant: parse_id(&price.variant_id, &format!("{path}.variantId"))?,
                channel: parse_id(&price.channel_id, &format!("{path}.channelId"))?,
                amount: price.amount.parse(&format!("{path}.amount"))?,
                compare_at: compare_at
                    .map(|money| money.parse(&format!("{path}.compareAt")))
                    .transpose()?,
                expected_version: price.expected_version.map(i64::from),
            })
        })?;
        Ok(commands::PricesSet { prices })
    }
}

pub(super) async fn prices_set(
    ctx: &Context<'_>,
    input: PricesSetInput,
) -> Reply<PricesSetPayload> {
    reply(set(ctx, input).await)
}

async fn set(ctx: &Context<'_>, input: PricesSetInput) -> Result<PricesSetPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let variants = Some(variants_of(ctx, done.variants).await?);
    Ok(PricesSetPayload {
        variants,
        ..Default::default()
    })
}
