//! `pricesRemove`.

use async_graphql::{Context, ID, InputObject};

use super::variants_of;
use crate::domain::pricing::commands;
use crate::graphql::catalog::ProductVariant;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::each;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Which variants are no longer sold where.
#[derive(InputObject)]
pub struct PricesRemoveInput {
    /// The prices to remove; at most 250.
    prices: Vec<PriceRemoveInput>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

/// Which variant is no longer sold where.
#[derive(InputObject)]
pub struct PriceRemoveInput {
    /// Which variant.
    variant_id: ID,
    /// In which channel.
    channel_id: ID,
}

payload! {
    /// What `pricesRemove` answers.
    PricesRemovePayload {
        /// The variants with the prices they still have, in the order of the input.
        variants: Vec<ProductVariant>,
    }
}

impl PricesRemoveInput {
    fn command(&self) -> Result<commands::PricesRemove, Refused> {
        let prices = each("input.prices", &self.prices, |path, price| {
            let variant = parse_id(&price.variant_id, &format!("{path}.variantId"))?;
            let channel = parse_id(&price.channel_id, &format!("{path}.channelId"))?;
            Ok((variant, channel))
        })?;
        Ok(commands::PricesRemove { prices })
    }
}

pub(super) async fn prices_remove(
    ctx: &Context<'_>,
    input: PricesRemoveInput,
) -> Reply<PricesRemovePayload> {
    reply(remove(ctx, input).await)
}

async fn remove(ctx: &Context<'_>, input: PricesRemoveInput) -> Result<PricesRemovePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let variants = Some(variants_of(ctx, done.variants).await?);
    Ok(PricesRemovePayload {
        variants,
        ..Default::default()
    })
}
