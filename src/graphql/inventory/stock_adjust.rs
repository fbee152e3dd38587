//! `stockAdjust`.

use async_graphql::{Context, ID, InputObject};

use super::types::{StockLevel, StockReason};
use crate::domain::inventory::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// A change of what lies at a location.
#[derive(InputObject)]
pub struct StockAdjustInput {
    /// Of which variant.
    variant_id: ID,
    /// Where; the default location if none is named.
    location_id: Option<ID>,
    /// Pieces more, or fewer (below zero): 1 to 1,000,000. Refused where fewer would be left than
    /// are promised.
    delta: i32,
    /// Why.
    reason: StockReason,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `stockAdjust` answers.
    StockAdjustPayload {
        /// The level as it is now.
        level: StockLevel,
    }
}

impl StockAdjustInput {
    fn command(&self) -> Result<commands::StockAdjust, Refused> {
        let location = self.location_id.as_ref();
        Ok(commands::StockAdjust {
            variant: parse_id(&self.variant_id, "input.variantId")?,
            location: location
                .map(|id| parse_id(id, "input.locationId"))
                .transpose()?,
            delta: self.delta.into(),
            reason: self.reason.into(),
        })
    }
}

pub(super) async fn stock_adjust(
    ctx: &Context<'_>,
    input: StockAdjustInput,
) -> Reply<StockAdjustPayload> {
    reply(adjust(ctx, input).await)
}

async fn adjust(ctx: &Context<'_>, input: StockAdjustInput) -> Result<StockAdjustPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(StockAdjustPayload {
        level: Some(StockLevel::at(ctx, done.variant, done.location).await?),
        ..Default::default()
    })
}
