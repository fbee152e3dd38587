//! `cart.claim`: a customer who has signed in takes over the cart that was filled as a guest.
//!
//! Whoever holds the cart's secret may; the secret is replaced, so that the old one opens nothing
//! any more. An older cart of the customer stays as it is.

use entity::id::CartId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::still;
use crate::domain::cart::refusal::Refusal;
use crate::domain::cart::{guard, steps, store};
use crate::kernel::error::{Refusal as _, Refused, Stop};
use crate::kernel::permission::Permission;
use crate::kernel::scope::Scope;
use crate::kernel::secret::SecretHash;
use crate::write::{Before, Command, NothingPrepared, Write};

/// Binds a guest's cart to the customer who asks.
#[derive(Debug, Serialize)]
pub struct CartClaim {
    /// Which cart.
    pub cart: CartId,
    /// The version that the caller has seen.
    pub expected_version: Option<i64>,
}

/// A cart was claimed.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartClaimed {
    /// Which.
    pub cart: CartId,
    /// The generation of its new secret.
    pub secret_generation: i64,
}

impl Command for CartClaim {
    const NAME: &'static str = "cart.claim";
    const PERMISSION: Permission = Permission::CustomerSelf;
    const DRY_RUN: bool = false;
    type Prepared = NothingPrepared;
    type Output = CartClaimed;

    async fn prepare(&self, before: &Before) -> Result<NothingPrepared, Stop> {
        if before.caller.cart_secret.is_none() {
            let message = "There is no such cart: its secret is sent in X-Cart-Token.";
            return Err(Refused {
                message: message.to_owned(),
                ..Refusal::NotFound.refused()
            }
            .into());
        }
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CartClaimed, Stop> {
        let by_secret = Scope::Own {
            customer: None,
            secret: w.caller().cart_secret.clone(),
        };
        let customer = w.caller().customer().ok_or(Refusal::NotFound)?;
        let cart = store::lock(w, &by_secret, self.cart).await?;
        let cart = cart.filter(|cart| cart.customer_id.is_none_or(|whose| whose == customer));
        let cart = cart.ok_or(Refusal::NotFound)?;
        guard::editable(cart.state, cart.version, self.expected_version)?;

        let generation = cart.secret_generation + 1;
        let secret = SecretHash::of(&w.mint("cart", cart.id.uuid(), generation));
        still(&cart, store::bind(w, &cart, customer, &secret).await?)?;
        store::adopt_contact(w, cart.id, customer).await?;
        let what = json!({
            "customer": customer.to_string(),
            "secretGeneration": generation,
        });
        steps::record(w, cart.id, Self::NAME, "cart.claimed", what);
        Ok(CartClaimed {
            cart: cart.id,
            secret_generation: generation,
        })
    }
}
