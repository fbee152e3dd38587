//! `cart.address_set`: where it goes, who pays, or both.

use entity::cart_addresses::Kind;
use entity::id::CartId;
use serde::Serialize;
use serde_json::json;

use super::{CartChanged, touch};
use crate::domain::cart::refusal::Refusal;
use crate::domain::cart::{steps, store};
use crate::kernel::address::Address;
use crate::kernel::error::{Refusal as _, Refused, Stop};
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, NothingPrepared, Write};

/// Sets or replaces addresses; one that is not given stays as it is.
#[derive(Debug, Serialize)]
pub struct CartAddressSet {
    /// Which cart.
    pub cart: CartId,
    /// Where it goes.
    pub shipping: Option<Address>,
    /// Who pays.
    pub billing: Option<Address>,
    /// The version that the caller has seen.
    pub expected_version: Option<i64>,
}

impl Command for CartAddressSet {
    const NAME: &'static str = "cart.address_set";
    const PERMISSION: Permission = Permission::CartOwn;
    type Prepared = NothingPrepared;
    type Output = CartChanged;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        if self.shipping.is_none() && self.billing.is_none() {
            let message = "Give a shipping address, a billing address or both.";
            return Err(Refused::invalid("input", message).into());
        }
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CartChanged, Stop> {
        let cart = steps::open(w, self.cart, self.expected_version).await?;
        if let Some(address) = &self.shipping {
            let market = store::market(w.read(), cart.channel_id).await?;
            if !market.delivers_to(address.country.as_str()) {
                return Err(Refusal::Country.at("input.shipping.country").into());
            }
            store::put_address(w, cart.id, Kind::Shipping, address).await?;
        }
        if let Some(address) = &self.billing {
            store::put_address(w, cart.id, Kind::Billing, address).await?;
        }
        touch(w, &cart).await?;
        let given = [
            self.shipping.as_ref().map(|_| "shippingAddress"),
            self.billing.as_ref().map(|_| "billingAddress"),
        ];
        let fields: Vec<_> = given.into_iter().flatten().collect();
        let what = json!({ "fields": fields });
        steps::record(w, cart.id, Self::NAME, "cart.address_changed", what);
        Ok(CartChanged { cart: cart.id })
    }
}
