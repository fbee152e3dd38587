//! `cartLinesAdd`.

use async_graphql::{Context, ID, InputObject};

use super::types::Cart;
use crate::domain::cart::commands;
use crate::domain::cart::lines::Addition;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::each;
use crate::graphql::payload::{Reply, payload, reply, user_errors};
use crate::kernel::error::{Refused, Stop};

/// Some pieces of a variant.
#[derive(Clone, Debug, InputObject)]
pub struct CartLineAddInput {
    /// Which variant.
    variant_id: ID,
    /// Pieces, 1 to 1,000,000.
    #[graphql(default = 1)]
    quantity: i32,
}

/// What to add to a cart.
#[derive(InputObject)]
pub struct CartLinesAddInput {
    /// Which cart.
    cart_id: ID,
    /// What to add, 1 to 250 entries.
    lines: Vec<CartLineAddInput>,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `cartLinesAdd` answers.
    CartLinesAddPayload {
        /// The cart as it is now; null if nothing could be added.
        cart: Cart,
    }
}

/// The entries at `input.lines`.
pub(super) fn additions(lines: &[CartLineAddInput]) -> Result<Vec<Addition>, Refused> {
    each("input.lines", lines, |path, line| {
        Ok(Addition {
            variant: parse_id(&line.variant_id, &format!("{path}.variantId"))?,
            quantity: i64::from(line.quantity),
        })
    })
}

impl CartLinesAddInput {
    fn command(&self) -> Result<commands::CartLinesAdd, Refused> {
        Ok(commands::CartLinesAdd {
            cart: parse_id(&self.cart_id, "input.cartId")?,
            lines: additions(&self.lines)?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn cart_lines_add(
    ctx: &Context<'_>,
    input: CartLinesAddInput,
) -> Reply<CartLinesAddPayload> {
    reply(add(ctx, input).await)
}

async fn add(ctx: &Context<'_>, input: CartLinesAddInput) -> Result<CartLinesAddPayload, Stop> {
    let key = input.idempotency_key.as_deref();
    let changed = execute(ctx, key, input.command()?).await?;
    Ok(CartLinesAddPayload {
        cart: Some(Cart::by_id(ctx, changed.cart).await?),
        errors: user_errors(changed.refused),
        ..Default::default()
    })
}
