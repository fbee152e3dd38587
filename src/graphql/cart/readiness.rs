//! `CartReadiness`: what is still missing.

use async_graphql::{Enum, ID, SimpleObject};

use crate::domain::cart::readiness::{Lack, Missing};

/// What a cart may lack before it can be completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Lack")]
pub enum CartLack {
    /// The channel is closed.
    ChannelClosed,
    /// There are no lines.
    Empty,
    /// A line cannot be bought any more.
    LineNotSellable,
    /// A line asks for more than there is.
    OutOfStock,
    /// The email address of the buyer.
    Contact,
    /// The shipping address.
    ShippingAddress,
    /// The channel does not deliver to the country of the shipping address.
    CountryNotServed,
    /// An address, on which the tax of goods that are not sent depends.
    BillingAddress,
    /// The delivery method.
    DeliveryMethod,
    /// The chosen delivery method is not offered any more, or not to this address.
    DeliveryUnavailable,
    /// The total is larger than any price can be.
    TotalTooLarge,
}

/// One thing that is missing.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartMissing {
    /// What.
    pub code: CartLack,
    /// In a sentence, for developers.
    pub message: String,
    /// Where, as a path into the cart: `lines`, `0`.
    pub path: Vec<String>,
    /// The line it is about.
    pub line_id: Option<ID>,
    /// The mutation that mends it, where one can.
    pub mended_by: Option<String>,
}

/// Whether a cart can be completed: the same judgment that its completion makes.
#[derive(Clone, Debug, SimpleObject)]
pub struct CartReadiness {
    /// Whether nothing is missing.
    pub ready: bool,
    /// All that is missing, in a fixed order.
    pub missing: Vec<CartMissing>,
}

impl CartReadiness {
    /// The judgment of what is missing.
    pub fn of(missing: Vec<Missing>) -> Self {
        Self {
            ready: missing.is_empty(),
            missing: missing.into_iter().map(CartMissing::from).collect(),
        }
    }
}

impl From<Missing> for CartMissing {
    fn from(one: Missing) -> Self {
        Self {
            code: one.lack.into(),
            message: one.message,
            path: one.path.split('.').map(str::to_owned).collect(),
            line_id: one.line.map(|line| line.to_string().into()),
            mended_by: one.lack.mended_by().map(str::to_owned),
        }
    }
}
