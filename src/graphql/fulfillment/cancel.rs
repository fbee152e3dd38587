//! `fulfillmentCancel`.

use async_graphql::{Context, ID, InputObject};

use super::types::Fulfillment;
use crate::domain::fulfillment::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::parsed;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::Reason;

/// A fulfillment that is called off before it is packed.
#[derive(InputObject)]
pub struct FulfillmentCancelInput {
    /// Which fulfillment.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Why, 1 to 500 characters; it is kept in the history.
    reason: String,
    /// Makes a retry happen once: 16 to 128 visible characters. Demanded here or as header.
    idempotency_key: Option<String>,
}

payload! {
    /// What `fulfillmentCancel` answers.
    FulfillmentCancelPayload {
        /// The fulfillment, cancelled.
        fulfillment: Fulfillment,
    }
}

impl FulfillmentCancelInput {
    fn command(&self) -> Result<commands::FulfillmentCancel, Refused> {
        Ok(commands::FulfillmentCancel {
            fulfillment: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            reason: parsed("input.reason", &self.reason, Reason::parse)?,
        })
    }
}

pub(super) async fn fulfillment_cancel(
    ctx: &Context<'_>,
    input: FulfillmentCancelInput,
) -> Reply<FulfillmentCancelPayload> {
    reply(cancel(ctx, input).await)
}

async fn cancel(
    ctx: &Context<'_>,
    input: FulfillmentCancelInput,
) -> Result<FulfillmentCancelPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(FulfillmentCancelPayload {
        fulfillment: Some(Fulfillment::by_id(ctx, done.fulfillment).await?),
        ..Default::default()
    })
}
