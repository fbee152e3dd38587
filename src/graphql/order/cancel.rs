//! `orderCancel`.

use async_graphql::{Context, ID, InputObject};

use super::types::Order;
use crate::domain::order::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::parsed;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::Reason;

/// Calls an order off.
#[derive(InputObject)]
pub struct OrderCancelInput {
    /// Which order.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Why, 1 to 500 characters; it is kept with the order.
    reason: String,
    /// Makes a retry happen once: 16 to 128 visible characters. Demanded here or as header.
    idempotency_key: Option<String>,
}

payload! {
    /// What `orderCancel` answers.
    OrderCancelPayload {
        /// The order, cancelled.
        order: Order,
    }
}

impl OrderCancelInput {
    fn command(&self) -> Result<commands::Cancel, Refused> {
        Ok(commands::Cancel {
            order: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            reason: parsed("input.reason", &self.reason, Reason::parse)?,
        })
    }
}

pub(super) async fn order_cancel(
    ctx: &Context<'_>,
    input: OrderCancelInput,
) -> Reply<OrderCancelPayload> {
    reply(cancel(ctx, input).await)
}

async fn cancel(ctx: &Context<'_>, input: OrderCancelInput) -> Result<OrderCancelPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(OrderCancelPayload {
        order: Some(Order::by_id(ctx, done.order).await?),
        ..Default::default()
    })
}
