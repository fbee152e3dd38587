//! `cart.contact_set`: how to reach the buyer.

use entity::id::CartId;
use serde::Serialize;
use serde_json::json;

use super::{CartChanged, touch};
use crate::domain::cart::facts::Contact;
use crate::domain::cart::{steps, store};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::text::{Email, Phone};
use crate::write::{Before, Command, NothingPrepared, Write};

/// Sets or replaces the contact, the telephone number with it.
#[derive(Debug, Serialize)]
pub struct CartContactSet {
    /// Which cart.
    pub cart: CartId,
    /// Where to write.
    pub email: Email,
    /// Where to call.
    pub phone: Option<Phone>,
    /// The version that the caller has seen.
    pub expected_version: Option<i64>,
}

impl Command for CartContactSet {
    const NAME: &'static str = "cart.contact_set";
    const PERMISSION: Permission = Permission::CartOwn;
    type Prepared = NothingPrepared;
    type Output = CartChanged;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CartChanged, Stop> {
        let cart = steps::open(w, self.cart, self.expected_version).await?;
        let contact = Contact {
            email: self.email.as_str().to_owned(),
            phone: self.phone.clone().map(Phone::into_string),
        };
        store::put_contact(w, cart.id, &contact).await?;
        touch(w, &cart).await?;
        let what = json!({ "fields": ["contact"] });
        steps::record(w, cart.id, Self::NAME, "cart.contact_changed", what);
        Ok(CartChanged { cart: cart.id })
    }
}
