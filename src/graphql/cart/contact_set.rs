//! `cartContactSet`.

use async_graphql::{Context, ID, InputObject};

use super::types::Cart;
use crate::domain::cart::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::parsed;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::{Email, Phone};

/// How to reach the buyer of a cart.
#[derive(InputObject)]
pub struct CartContactSetInput {
    /// Which cart.
    cart_id: ID,
    /// Where to write.
    email: String,
    /// Where to call: 5 to 15 digits. Left out, the cart has none.
    phone: Option<String>,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `cartContactSet` answers.
    CartContactSetPayload {
        /// The cart as it is now.
        cart: Cart,
    }
}

impl CartContactSetInput {
    fn command(&self) -> Result<commands::CartContactSet, Refused> {
        let phone = self.phone.as_deref();
        Ok(commands::CartContactSet {
            cart: parse_id(&self.cart_id, "input.cartId")?,
            email: parsed("input.email", &self.email, Email::parse)?,
            phone: phone
                .map(|text| parsed("input.phone", text, Phone::parse))
                .transpose()?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn cart_contact_set(
    ctx: &Context<'_>,
    input: CartContactSetInput,
) -> Reply<CartContactSetPayload> {
    reply(set(ctx, input).await)
}

async fn set(ctx: &Context<'_>, input: CartContactSetInput) -> Result<CartContactSetPayload, Stop> {
    let key = input.idempotency_key.as_deref();
    let changed = execute(ctx, key, input.command()?).await?;
    Ok(CartContactSetPayload {
        cart: Some(Cart::by_id(ctx, changed.cart).await?),
        ..Default::default()
    })
}
