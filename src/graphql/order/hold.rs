//! `orderHold`.

use async_graphql::{Context, ID, InputObject};

use super::types::Order;
use crate::domain::order::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::parsed;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::Reason;

/// Holds an order back.
#[derive(InputObject)]
pub struct OrderHoldInput {
    /// Which order.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Why, 1 to 500 characters; buyers do not see it.
    reason: String,
    /// Makes a retry happen once: 16 to 128 visible characters. Demanded here or as header.
    idempotency_key: Option<String>,
}

payload! {
    /// What `orderHold` answers.
    OrderHoldPayload {
        /// The order, on hold.
        order: Order,
    }
}

impl OrderHoldInput {
    fn command(&self) -> Result<commands::Hold, Refused> {
        Ok(commands::Hold {
            order: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            reason: parsed("input.reason", &self.reason, Reason::parse)?,
        })
    }
}

pub(super) async fn order_hold(
    ctx: &Context<'_>,
    input: OrderHoldInput,
) -> Reply<OrderHoldPayload> {
    reply(hold(ctx, input).await)
}

async fn hold(ctx: &Context<'_>, input: OrderHoldInput) -> Result<OrderHoldPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(OrderHoldPayload {
        order: Some(Order::by_id(ctx, done.order).await?),
        ..Default::default()
    })
}
