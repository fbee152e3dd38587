//! `fulfillmentCreate`.

use async_graphql::{Context, ID, InputObject};
use entity::id::OrderLineId;

use super::types::Fulfillment;
use crate::domain::fulfillment::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::each;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::quantity::Quantity;

/// Pieces of an order that are to leave together.
#[derive(InputObject)]
pub struct FulfillmentCreateInput {
    /// Of which order.
    order_id: ID,
    /// Which pieces; all that can leave the location if none are named.
    lines: Option<Vec<FulfillmentLineInput>>,
    /// From where; the location that most can leave from if none is named.
    location_id: Option<ID>,
    /// Makes a retry happen once: 16 to 128 visible characters. Demanded here or as header.
    idempotency_key: Option<String>,
}

/// Pieces of an order's line.
#[derive(InputObject)]
pub struct FulfillmentLineInput {
    /// Which line.
    order_line_id: ID,
    /// Pieces: at least 1, at most what is in no fulfillment yet.
    quantity: i32,
}

payload! {
    /// What `fulfillmentCreate` answers.
    FulfillmentCreatePayload {
        /// The new fulfillment.
        fulfillment: Fulfillment,
    }
}

impl FulfillmentCreateInput {
    fn command(&self) -> Result<commands::FulfillmentCreate, Refused> {
        let lines = self.lines.as_ref();
        let location = self.location_id.as_ref();
        Ok(commands::FulfillmentCreate {
            order: parse_id(&self.order_id, "input.orderId")?,
            lines: lines
                .map(|lines| each("input.lines", lines, line))
                .transpose()?,
            location: location
                .map(|id| parse_id(id, "input.locationId"))
                .transpose()?,
        })
    }
}

fn line(path: &str, line: &FulfillmentLineInput) -> Result<(OrderLineId, Quantity), Refused> {
    let id = parse_id(&line.order_line_id, &format!("{path}.orderLineId"))?;
    let quantity = Quantity::new(line.quantity.into());
    let bad = || Refused::invalid(&format!("{path}.quantity"), "It must be 1 to 1,000,000.");
    Ok((id, quantity.ok_or_else(bad)?))
}

pub(super) async fn fulfillment_create(
    ctx: &Context<'_>,
    input: FulfillmentCreateInput,
) -> Reply<FulfillmentCreatePayload> {
    reply(create(ctx, input).await)
}

async fn create(
    ctx: &Context<'_>,
    input: FulfillmentCreateInput,
) -> Result<FulfillmentCreatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(FulfillmentCreatePayload {
        fulfillment: Some(Fulfillment::by_id(ctx, done.fulfillment).await?),
        ..Default::default()
    })
}
