//! `orderRelease`.

use async_graphql::{Context, ID, InputObject};

use super::types::Order;
use crate::domain::order::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::parsed;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::Reason;

/// Lets an order go on.
#[derive(InputObject)]
pub struct OrderReleaseInput {
    /// Which order.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// What was found, 1 to 500 characters; buyers do not see it.
    note: String,
    /// Makes a retry happen once: 16 to 128 visible characters. Demanded here or as header.
    idempotency_key: Option<String>,
}

payload! {
    /// What `orderRelease` answers.
    OrderReleasePayload {
        /// The order, confirmed again.
        order: Order,
    }
}

impl OrderReleaseInput {
    fn command(&self) -> Result<commands::Release, Refused> {
        Ok(commands::Release {
            order: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            note: parsed("input.note", &self.note, Reason::parse)?,
        })
    }
}

pub(super) async fn order_release(
    ctx: &Context<'_>,
    input: OrderReleaseInput,
) -> Reply<OrderReleasePayload> {
    reply(release(ctx, input).await)
}

async fn release(ctx: &Context<'_>, input: OrderReleaseInput) -> Result<OrderReleasePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(OrderReleasePayload {
        order: Some(Order::by_id(ctx, done.order).await?),
        ..Default::default()
    })
}
