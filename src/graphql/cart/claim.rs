//! `cartClaim`.

use async_graphql::{Context, ID, InputObject};

use super::types::Cart;
use crate::domain::cart::commands;
use crate::graphql::context::{call, execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Which cart the customer takes over.
#[derive(InputObject)]
pub struct CartClaimInput {
    /// The cart whose secret is sent in `X-Cart-Token`.
    cart_id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `cartClaim` answers.
    CartClaimPayload {
        /// The cart, bound to the customer.
        cart: Cart,
        /// The new secret of the cart; shown here only. The one that was sent opens nothing any more.
        cart_token: String,
    }
}

impl CartClaimInput {
    fn command(&self) -> Result<commands::CartClaim, Refused> {
        Ok(commands::CartClaim {
            cart: parse_id(&self.cart_id, "input.cartId")?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn cart_claim(
    ctx: &Context<'_>,
    input: CartClaimInput,
) -> Reply<CartClaimPayload> {
    reply(claim(ctx, input).await)
}

async fn claim(ctx: &Context<'_>, input: CartClaimInput) -> Result<CartClaimPayload, Stop> {
    let key = input.idempotency_key.as_deref();
    let claimed = execute(ctx, key, input.command()?).await?;
    let secret_key = call(ctx)?.door.secret_key();
    let token = secret_key.mint("cart", claimed.cart.uuid(), claimed.secret_generation);
    Ok(CartClaimPayload {
        cart: Some(Cart::by_id(ctx, claimed.cart).await?),
        cart_token: Some(token),
        ..Default::default()
    })
}
