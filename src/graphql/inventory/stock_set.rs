//! `stockSet`.

use async_graphql::{Context, ID, InputObject};

use super::types::{StockLevel, StockReason};
use crate::domain::inventory::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// How many lie at a location.
#[derive(InputObject)]
pub struct StockSetInput {
    /// Of which variant.
    variant_id: ID,
    /// Where; the default location if none is named.
    location_id: Option<ID>,
    /// Pieces that lie there now: 0 to 1,000,000, and at least as many as are promised.
    quantity: i32,
    /// Pieces that lay there when you looked (`onHand`, 0 where there was no level); refused if
    /// others do now.
    expected_quantity: i32,
    /// Why.
    #[graphql(default_with = "StockReason::Correction")]
    reason: StockReason,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `stockSet` answers.
    StockSetPayload {
        /// The level as it is now.
        level: StockLevel,
    }
}

impl StockSetInput {
    fn command(&self) -> Result<commands::StockSet, Refused> {
        let location = self.location_id.as_ref();
        Ok(commands::StockSet {
            variant: parse_id(&self.variant_id, "input.variantId")?,
            location: location
                .map(|id| parse_id(id, "input.locationId"))
                .transpose()?,
            quantity: self.quantity.into(),
            expected_quantity: self.expected_quantity.into(),
            reason: self.reason.into(),
        })
    }
}

pub(super) async fn stock_set(ctx: &Context<'_>, input: StockSetInput) -> Reply<StockSetPayload> {
    reply(set(ctx, input).await)
}

async fn set(ctx: &Context<'_>, input: StockSetInput) -> Result<StockSetPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(StockSetPayload {
        level: Some(StockLevel::at(ctx, done.variant, done.location).await?),
        ..Default::default()
    })
}
