//! What a cart still lacks before it can be completed: the same judgment for the page that shows
//! it and for the completion itself.

use entity::id::CartLineId;

use super::facts::{Basket, Facts, Line};
use super::totals;
use crate::kernel::error::{Code, Details, Refused};

/// What may be missing; stable once published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lack {
    /// The channel is closed.
    ChannelClosed,
    /// There are no lines.
    Empty,
    /// A line cannot be bought any more.
    LineNotSellable,
    /// A line asks for more than there is.
    OutOfStock,
    /// Nobody to write to.
    Contact,
    /// Nowhere to send it.
    ShippingAddress,
    /// The channel does not deliver to the country of the shipping address.
    CountryNotServed,
    /// No address at all: the tax of goods that are not sent depends on where the buyer is.
    BillingAddress,
    /// No delivery was chosen.
    DeliveryMethod,
    /// The chosen delivery is not offered any more, or not to that country.
    DeliveryUnavailable,
    /// The total is beyond what money can say.
    TotalTooLarge,
}

impl Lack {
    /// All of them, in the order in which they are listed.
    pub const ALL: &'static [Self] = &[
        Self::ChannelClosed,
        Self::Empty,
        Self::LineNotSellable,
        Self::OutOfStock,
        Self::Contact,
        Self::ShippingAddress,
        Self::CountryNotServed,
        Self::BillingAddress,
        Self::DeliveryMethod,
        Self::DeliveryUnavailable,
        Self::TotalTooLarge,
    ];

    /// The code of the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ChannelClosed => "CHANNEL_CLOSED",
            Self::Empty => "EMPTY",
            Self::LineNotSellable => "LINE_NOT_SELLABLE",
            Self::OutOfStock => "OUT_OF_STOCK",
            Self::Contact => "CONTACT",
            Self::ShippingAddress => "SHIPPING_ADDRESS",
            Self::CountryNotServed => "COUNTRY_NOT_SERVED",
            Self::BillingAddress => "BILLING_ADDRESS",
            Self::DeliveryMethod => "DELIVERY_METHOD",
            Self::DeliveryUnavailable => "DELIVERY_UNAVAILABLE",
            Self::TotalTooLarge => "TOTAL_TOO_LARGE",
        }
    }

    /// The mutation that mends it, where one can.
    pub const fn mended_by(self) -> Option<&'static str> {
        match self {
            Self::ChannelClosed => None,
            Self::Empty => Some("cartLinesAdd"),
            Self::LineNotSellable | Self::OutOfStock | Self::TotalTooLarge => {
                Some("cartLinesUpdate")
            }
            Self::Contact => Some("cartContactSet"),
            Self::ShippingAddress | Self::CountryNotServed | Self::BillingAddress => {
                Some("cartAddressSet")
            }
            Self::DeliveryMethod | Self::DeliveryUnavailable => Some("cartDeliverySet"),
        }
    }
}

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What.
    pub lack: Lack,
    /// Where, as a path into the cart: `lines.0`, `shippingAddress`.
    pub path: String,
    /// In a sentence.
    pub message: String,
    /// The line it is about.
    pub line: Option<CartLineId>,
}

/// All that is missing, in the order of [`Lack::ALL`]; nothing means that the cart can be
/// completed.
pub fn missing(facts: &Facts) -> Vec<Missing> {
    let basket = &facts.basket;
    let mut missing = Vec::new();
    if !basket.market.active {
        missing.push(cart(
            Lack::ChannelClosed,
            "channel",
            "The channel is closed.",
        ));
    }
    if basket.lines.is_empty() {
        missing.push(cart(Lack::Empty, "lines", "The cart is empty."));
    }
    missing.extend(basket.lines.iter().enumerate().filter_map(unsellable));
    let short = |(place, line)| short(facts, place, line);
    missing.extend(basket.lines.iter().enumerate().filter_map(short));
    if basket.contact.is_none() {
        missing.push(cart(
            Lack::Contact,
            "contact",
            "An email address is missing.",
        ));
    }
    missing.extend(addresses(basket));
    missing.extend(delivery(basket));
    if totals::compute(facts).is_err() {
        missing.push(cart(
            Lack::TotalTooLarge,
            "totals",
            "The total is too large.",
        ));
    }
    missing
}

/// The refusal of a completion while something is missing.
pub fn refused(missing: &[Missing]) -> Refused {
    let fields: Vec<String> = missing
        .iter()
        .map(|one| one.lack.as_str().to_owned())
        .collect();
    let message = format!("The cart is not ready: {}.", fields.join(", "));
    Refused::new(Code::CartNotReady, message)
        .at("input.cartId")
        .with(Details::Missing { fields })
}

fn cart(lack: Lack, path: &str, message: &str) -> Missing {
    Missing {
        lack,
        path: path.to_owned(),
        message: message.to_owned(),
        line: None,
    }
}

fn unsellable((place, line): (usize, &Line)) -> Option<Missing> {
    let why = line.goods.offer().err()?;
    Some(Missing {
        lack: Lack::LineNotSellable,
        path: format!("lines.{place}"),
        message: why.sentence().to_owned(),
        line: Some(line.id),
    })
}

fn short(facts: &Facts, place: usize, line: &Line) -> Option<Missing> {
    let stock = facts.shelf.get(&line.goods.variant);
    if stock.is_some_and(|stock| stock.covers(line.quantity)) {
        return None;
    }
    let available = stock.map_or(0, |stock| stock.available);
    Some(Missing {
        lack: Lack::OutOfStock,
        path: format!("lines.{place}.quantity"),
        message: format!("{} are asked for, {available} are left.", line.quantity),
        line: Some(line.id),
    })
}

fn addresses(basket: &Basket) -> Option<Missing> {
    if !basket.requires_shipping() {
        let nowhere = basket.shipping.is_none() && basket.billing.is_none();
        let message = "A billing address is missing: the tax depends on it.";
        return (nowhere && !basket.lines.is_empty())
            .then(|| cart(Lack::BillingAddress, "billingAddress", message));
    }
    let Some(address) = &basket.shipping else {
        let message = "The shipping address is missing.";
        return Some(cart(Lack::ShippingAddress, "shippingAddress", message));
    };
    let served = basket.market.delivers_to(address.country.as_str());
    let message = "The channel does not deliver to this country.";
    (!served).then(|| cart(Lack::CountryNotServed, "shippingAddress.country", message))
}

fn delivery(basket: &Basket) -> Option<Missing> {
    if !basket.requires_shipping() {
        return None;
    }
    let Some(delivery) = &basket.delivery else {
        let message = "No delivery method is chosen.";
        return Some(cart(Lack::DeliveryMethod, "deliveryMethod", message));
    };
    let country = basket.shipping.as_ref().map(|one| one.country.as_str());
    let serves = country.is_none_or(|country| delivery.serves(country));
    let message = "The chosen delivery method is not offered to this address any more.";
    (!delivery.active || !serves)
        .then(|| cart(Lack::DeliveryUnavailable, "deliveryMethod", message))
}

#[cfg(test)]
#[path = "readiness_test.rs"]
mod tests;
