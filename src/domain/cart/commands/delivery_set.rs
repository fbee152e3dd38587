//! `cart.delivery_set`: how it is delivered.

use entity::id::{CartId, DeliveryMethodId};
use serde::Serialize;
use serde_json::json;

use super::{CartChanged, still};
use crate::domain::cart::facts::Delivery;
use crate::domain::cart::refusal::Refusal;
use crate::domain::cart::{steps, store};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::text::ShortCode;
use crate::write::{Before, Command, NothingPrepared, Write};

/// How a delivery method is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum MethodBy {
    /// By its id.
    Id(DeliveryMethodId),
    /// By its code in the cart's channel.
    Code(ShortCode),
}

/// Chooses a delivery that the channel offers to the cart's country.
#[derive(Debug, Serialize)]
pub struct CartDeliverySet {
    /// Which cart.
    pub cart: CartId,
    /// Which method.
    pub method: MethodBy,
    /// The version that the caller has seen.
    pub expected_version: Option<i64>,
}

impl Command for CartDeliverySet {
    const NAME: &'static str = "cart.delivery_set";
    const PERMISSION: Permission = Permission::CartOwn;
    type Prepared = NothingPrepared;
    type Output = CartChanged;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CartChanged, Stop> {
        let cart = steps::open(w, self.cart, self.expected_version).await?;
        let offered = store::deliveries(w.read(), cart.channel_id).await?;
        let method = offered.into_iter().find(|one| self.method.names(one));
        let method = method.ok_or(Refusal::NoMethod)?;
        let shipping = store::shipping(w.read(), cart.id).await?;
        if shipping.is_some_and(|address| !method.serves(address.country.as_str())) {
            return Err(Refusal::MethodCountry.into());
        }
        let written = store::set_delivery(w, &cart, method.method).await?;
        still(&cart, written)?;
        let what = json!({ "deliveryMethod": method.method.to_string() });
        steps::record(w, cart.id, Self::NAME, "cart.delivery_changed", what);
        Ok(CartChanged { cart: cart.id })
    }
}

impl MethodBy {
    fn names(&self, one: &Delivery) -> bool {
        match self {
            Self::Id(id) => one.method == *id,
            Self::Code(code) => one.code == code.as_str(),
        }
    }
}
