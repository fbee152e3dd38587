//! What carts and orders say of their buyer.

use async_graphql::SimpleObject;

/// How to reach the buyer.
#[derive(Clone, Debug, SimpleObject)]
pub struct Contact {
    /// Where to write.
    pub email: String,
    /// Where to call.
    pub phone: Option<String>,
}

/// The campaign that brought the buyer; frozen when the cart was made.
#[derive(Clone, Debug, SimpleObject)]
pub struct Attribution {
    /// Where the buyer came from (`utm_source`).
    pub source: Option<String>,
    /// By which medium (`utm_medium`).
    pub medium: Option<String>,
    /// By which campaign (`utm_campaign`).
    pub name: Option<String>,
}
