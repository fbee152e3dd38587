//! `orderConfirm`.

use async_graphql::{Context, ID, InputObject};

use super::types::Order;
use crate::domain::order::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Approves the terms of an order on invoice.
#[derive(InputObject)]
pub struct OrderConfirmInput {
    /// Which order.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters. Demanded here or as header.
    idempotency_key: Option<String>,
}

payload! {
    /// What `orderConfirm` answers.
    OrderConfirmPayload {
        /// The order, confirmed.
        order: Order,
    }
}

impl OrderConfirmInput {
    fn command(&self) -> Result<commands::Confirm, Refused> {
        Ok(commands::Confirm {
            order: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn order_confirm(
    ctx: &Context<'_>,
    input: OrderConfirmInput,
) -> Reply<OrderConfirmPayload> {
    reply(confirm(ctx, input).await)
}

async fn confirm(ctx: &Context<'_>, input: OrderConfirmInput) -> Result<OrderConfirmPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(OrderConfirmPayload {
        order: Some(Order::by_id(ctx, done.order).await?),
        ..Default::default()
    })
}
