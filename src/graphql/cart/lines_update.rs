//! `cartLinesUpdate`.

use async_graphql::{Context, ID, InputObject};

use super::types::Cart;
use crate::domain::cart::commands;
use crate::domain::cart::lines::Update;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::each;
use crate::graphql::payload::{Reply, payload, reply, user_errors};
use crate::kernel::error::{Refused, Stop};

/// Another quantity for a line.
#[derive(Clone, Debug, InputObject)]
pub struct CartLineUpdateInput {
    /// Which line.
    line_id: ID,
    /// Pieces, up to 1,000,000; zero removes the line. Less is always possible, more only while it
    /// can be bought and there is enough.
    quantity: i32,
}

/// Other quantities for lines of a cart.
#[derive(InputObject)]
pub struct CartLinesUpdateInput {
    /// Which cart.
    cart_id: ID,
    /// The lines, 1 to 250 entries.
    lines: Vec<CartLineUpdateInput>,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `cartLinesUpdate` answers.
    CartLinesUpdatePayload {
        /// The cart as it is now; null if nothing could be changed.
        cart: Cart,
    }
}

impl CartLinesUpdateInput {
    fn command(&self) -> Result<commands::CartLinesUpdate, Refused> {
        let lines = each("input.lines", &self.lines, |path, line| {
            Ok(Update {
                line: parse_id(&line.line_id, &format!("{path}.lineId"))?,
                quantity: i64::from(line.quantity),
            })
        })?;
        Ok(commands::CartLinesUpdate {
            cart: parse_id(&self.cart_id, "input.cartId")?,
            lines,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn cart_lines_update(
    ctx: &Context<'_>,
    input: CartLinesUpdateInput,
) -> Reply<CartLinesUpdatePayload> {
    reply(update(ctx, input).await)
}

async fn update(
    ctx: &Context<'_>,
    input: CartLinesUpdateInput,
) -> Result<CartLinesUpdatePayload, Stop> {
    let key = input.idempotency_key.as_deref();
    let changed = execute(ctx, key, input.command()?).await?;
    Ok(CartLinesUpdatePayload {
        cart: Some(Cart::by_id(ctx, changed.cart).await?),
        errors: user_errors(changed.refused),
        ..Default::default()
    })
}
