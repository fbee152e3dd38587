//! `fulfillmentDeliver`.

use async_graphql::{Context, ID, InputObject};

use super::types::Fulfillment;
use crate::domain::fulfillment::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// A parcel that has arrived.
#[derive(InputObject)]
pub struct FulfillmentDeliverInput {
    /// Which fulfillment.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters. Demanded here or as header.
    idempotency_key: Option<String>,
}

payload! {
    /// What `fulfillmentDeliver` answers.
    FulfillmentDeliverPayload {
        /// The fulfillment, delivered.
        fulfillment: Fulfillment,
    }
}

impl FulfillmentDeliverInput {
    fn command(&self) -> Result<commands::FulfillmentDeliver, Refused> {
        Ok(commands::FulfillmentDeliver {
            fulfillment: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn fulfillment_deliver(
    ctx: &Context<'_>,
    input: FulfillmentDeliverInput,
) -> Reply<FulfillmentDeliverPayload> {
    reply(deliver(ctx, input).await)
}

async fn deliver(
    ctx: &Context<'_>,
    input: FulfillmentDeliverInput,
) -> Result<FulfillmentDeliverPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(FulfillmentDeliverPayload {
        fulfillment: Some(Fulfillment::by_id(ctx, done.fulfillment).await?),
        ..Default::default()
    })
}
