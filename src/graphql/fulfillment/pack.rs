//! `fulfillmentPack`.

use async_graphql::{Context, ID, InputObject};

use super::types::Fulfillment;
use crate::domain::fulfillment::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// A parcel that is packed.
#[derive(InputObject)]
pub struct FulfillmentPackInput {
    /// Which fulfillment.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `fulfillmentPack` answers.
    FulfillmentPackPayload {
        /// The fulfillment, packed.
        fulfillment: Fulfillment,
    }
}

impl FulfillmentPackInput {
    fn command(&self) -> Result<commands::FulfillmentPack, Refused> {
        Ok(commands::FulfillmentPack {
            fulfillment: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn fulfillment_pack(
    ctx: &Context<'_>,
    input: FulfillmentPackInput,
) -> Reply<FulfillmentPackPayload> {
    reply(pack(ctx, input).await)
}

async fn pack(
    ctx: &Context<'_>,
    input: FulfillmentPackInput,
) -> Result<FulfillmentPackPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(FulfillmentPackPayload {
        fulfillment: Some(Fulfillment::by_id(ctx, done.fulfillment).await?),
        ..Default::default()
    })
}
