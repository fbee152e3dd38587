//! `cartAddressSet`.

use async_graphql::{Context, ID, InputObject};

use super::types::Cart;
use crate::domain::cart::commands;
use crate::graphql::address::AddressInput;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::address::Address;
use crate::kernel::error::{Refused, Stop};

/// Addresses of a cart; one that is left out stays as it is.
#[derive(InputObject)]
pub struct CartAddressSetInput {
    /// Which cart.
    cart_id: ID,
    /// Where it goes: a country that the channel delivers to.
    shipping: Option<AddressInput>,
    /// Who pays.
    billing: Option<AddressInput>,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `cartAddressSet` answers.
    CartAddressSetPayload {
        /// The cart as it is now.
        cart: Cart,
    }
}

impl CartAddressSetInput {
    fn command(&self) -> Result<commands::CartAddressSet, Stop> {
        let cart = parse_id(&self.cart_id, "input.cartId")?;
        let mut refused = Vec::new();
        let shipping = read(self.shipping.as_ref(), "input.shipping", &mut refused);
        let billing = read(self.billing.as_ref(), "input.billing", &mut refused);
        if !refused.is_empty() {
            return Err(refused.into());
        }
        Ok(commands::CartAddressSet {
            cart,
            shipping,
            billing,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

fn read(given: Option<&AddressInput>, path: &str, refused: &mut Vec<Refused>) -> Option<Address> {
    match given?.read(path) {
        Ok(address) => Some(address),
        Err(more) => {
            refused.extend(more);
            None
        }
    }
}

pub(super) async fn cart_address_set(
    ctx: &Context<'_>,
    input: CartAddressSetInput,
) -> Reply<CartAddressSetPayload> {
    reply(set(ctx, input).await)
}

async fn set(ctx: &Context<'_>, input: CartAddressSetInput) -> Result<CartAddressSetPayload, Stop> {
    let key = input.idempotency_key.as_deref();
    let changed = execute(ctx, key, input.command()?).await?;
    Ok(CartAddressSetPayload {
        cart: Some(Cart::by_id(ctx, changed.cart).await?),
        ..Default::default()
    })
}
