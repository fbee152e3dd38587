//! `cartDeliverySet`.

use async_graphql::{Context, ID, InputObject, OneofObject};

use super::types::Cart;
use crate::domain::cart::commands::{self, MethodBy};
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::parsed;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::ShortCode;

/// Which delivery method is meant.
#[derive(OneofObject)]
pub enum DeliveryOptionBy {
    /// By global id.
    Id(ID),
    /// By its code in the channel of the cart.
    Code(String),
}

/// The delivery of a cart.
#[derive(InputObject)]
pub struct CartDeliverySetInput {
    /// Which cart.
    cart_id: ID,
    /// One of its `availableDeliveryMethods`.
    method: DeliveryOptionBy,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `cartDeliverySet` answers.
    CartDeliverySetPayload {
        /// The cart as it is now.
        cart: Cart,
    }
}

impl CartDeliverySetInput {
    fn command(&self) -> Result<commands::CartDeliverySet, Refused> {
        let method = match &self.method {
            DeliveryOptionBy::Id(id) => MethodBy::Id(parse_id(id, "input.method.id")?),
            DeliveryOptionBy::Code(code) => {
                MethodBy::Code(parsed("input.method.code", code, ShortCode::parse)?)
            }
        };
        Ok(commands::CartDeliverySet {
            cart: parse_id(&self.cart_id, "input.cartId")?,
            method,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn cart_delivery_set(
    ctx: &Context<'_>,
    input: CartDeliverySetInput,
) -> Reply<CartDeliverySetPayload> {
    reply(set(ctx, input).await)
}

async fn set(
    ctx: &Context<'_>,
    input: CartDeliverySetInput,
) -> Result<CartDeliverySetPayload, Stop> {
    let key = input.idempotency_key.as_deref();
    let changed = execute(ctx, key, input.command()?).await?;
    Ok(CartDeliverySetPayload {
        cart: Some(Cart::by_id(ctx, changed.cart).await?),
        ..Default::default()
    })
}
