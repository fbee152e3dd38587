//! `cartLinesRemove`.

use async_graphql::{Context, ID, InputObject};

use super::types::Cart;
use crate::domain::cart::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::each;
use crate::graphql::payload::{Reply, payload, reply, user_errors};
use crate::kernel::error::{Refused, Stop};

/// Lines to remove from a cart.
#[derive(InputObject)]
pub struct CartLinesRemoveInput {
    /// Which cart.
    cart_id: ID,
    /// The lines, 1 to 250 ids.
    line_ids: Vec<ID>,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `cartLinesRemove` answers.
    CartLinesRemovePayload {
        /// The cart as it is now; null if nothing could be removed.
        cart: Cart,
    }
}

impl CartLinesRemoveInput {
    fn command(&self) -> Result<commands::CartLinesRemove, Refused> {
        Ok(commands::CartLinesRemove {
            cart: parse_id(&self.cart_id, "input.cartId")?,
            lines: each("input.lineIds", &self.line_ids, |path, id| {
                parse_id(id, path)
            })?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn cart_lines_remove(
    ctx: &Context<'_>,
    input: CartLinesRemoveInput,
) -> Reply<CartLinesRemovePayload> {
    reply(remove(ctx, input).await)
}

async fn remove(
    ctx: &Context<'_>,
    input: CartLinesRemoveInput,
) -> Result<CartLinesRemovePayload, Stop> {
    let key = input.idempotency_key.as_deref();
    let changed = execute(ctx, key, input.command()?).await?;
    Ok(CartLinesRemovePayload {
        cart: Some(Cart::by_id(ctx, changed.cart).await?),
        errors: user_errors(changed.refused),
        ..Default::default()
    })
}
