//! What is known about a cart when its price is computed and its readiness judged: values only.
//!
//! [`Basket`] is all that decides the price and is copied into an order; two equal baskets give
//! the same order, so a completion that was planned on one is still right if a second reading
//! equals it. [`Facts::shelf`] is the stock, which changes by the minute and is guarded anew when
//! it is held.

use std::collections::HashMap;

use entity::channels::{RoundingMode, TaxMode, TaxRounding};
use entity::id::{
    CartId, CartLineId, ChannelId, CustomerId, DeliveryMethodId, ProductId, TaxClassId, VariantId,
};
use entity::products::State as ProductState;

use crate::domain::inventory::availability::Availability;
use crate::domain::shipping::quote::Tariff;
use crate::domain::tax::choose::RateRow;
use crate::kernel::address::Address;
use crate::kernel::error::Refused;
use crate::kernel::money::{Currency, Money};
use crate::kernel::text;

/// Everything about one cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What decides the price.
    pub basket: Basket,
    /// What is in stock of it.
    pub shelf: Shelf,
}

/// What decides the price, and what an order copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basket {
    /// Which cart.
    pub cart: CartId,
    /// Whose, if signed in.
    pub customer: Option<CustomerId>,
    /// The tag of the buyer's language.
    pub language: String,
    /// Where the buyer came from.
    pub attribution: Attribution,
    /// The market it buys in.
    pub market: Market,
    /// Its lines, in order.
    pub lines: Vec<Line>,
    /// How to reach the buyer.
    pub contact: Option<Contact>,
    /// Where it goes.
    pub shipping: Option<Address>,
    /// Who pays.
    pub billing: Option<Address>,
    /// How it is delivered.
    pub delivery: Option<Delivery>,
    /// The tax rates of the place that [`Basket::destination`] names; a class that is missing is
    /// not taxed there.
    pub rates: HashMap<TaxClassId, RateRow>,
}

/// The channel's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Market {
    /// The channel.
    pub channel: ChannelId,
    /// Whether one can buy in it.
    pub active: bool,
    /// The currency of every price.
    pub currency: Currency,
    /// Whether prices contain tax.
    pub tax_mode: TaxMode,
    /// Where tax is rounded.
    pub tax_rounding: TaxRounding,
    /// How a half is rounded.
    pub rounding_mode: RoundingMode,
    /// For taxes before an address is known.
    pub default_country: String,
    /// Countries it delivers to.
    pub countries: Vec<String>,
}

/// The campaign that brought the buyer, as frozen when the cart was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Attribution {
    /// `utm_source`.
    pub source: Option<String>,
    /// `utm_medium`.
    pub medium: Option<String>,
    /// `utm_campaign`.
    pub name: Option<String>,
}

/// How to reach the buyer. Personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Where to write.
    pub email: String,
    /// Where to call.
    pub phone: Option<String>,
}

/// One line with the goods it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line.
    pub id: CartLineId,
    /// Pieces.
    pub quantity: i64,
    /// Of what.
    pub goods: Goods,
}

/// A variant as a channel offers it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goods {
    /// The variant.
    pub variant: VariantId,
    /// Its product.
    pub product: ProductId,
    /// The merchant's number.
    pub sku: String,
    /// The product's name.
    pub product_title: String,
    /// The variant's name.
    pub variant_title: String,
    /// Its picture, or the product's first.
    pub image_url: Option<String>,
    /// Where the product is in its life.
    pub product_state: ProductState,
    /// Whether the variant can be bought.
    pub variant_active: bool,
    /// Whether it has to be sent.
    pub requires_shipping: bool,
    /// How it is taxed.
    pub tax_class: TaxClassId,
    /// The price of one; none where the channel does not sell it.
    pub price: Option<Money>,
}

/// The delivery that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The method.
    pub method: DeliveryMethodId,
    /// Its code.
    pub code: String,
    /// What the buyer reads.
    pub name: String,
    /// What it costs.
    pub tariff: Tariff,
    /// How it is taxed.
    pub tax_class: TaxClassId,
    /// Countries it serves; empty for all of the channel.
    pub countries: Vec<String>,
    /// Whether it is still offered.
    pub active: bool,
    /// Working days at best.
    pub min_days: i64,
    /// Working days at worst.
    pub max_days: i64,
}

/// Stock by variant.
pub type Shelf = HashMap<VariantId, Availability>;

/// Where the tax is due, and whether that is known or guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination<'a> {
    /// The country.
    pub country: &'a str,
    /// The region within it; empty if unknown.
    pub region: &'a str,
    /// Whether the address that decides is still missing.
    pub estimated: bool,
}

/// Why goods cannot be bought in a channel now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSellable {
    /// The product is not on sale.
    Product,
    /// The variant is switched off.
    Variant,
    /// The channel has no price for it.
    Price,
}

impl NotSellable {
    /// For people.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Product => "The product is not on sale.",
            Self::Variant => "The variant is not on sale.",
            Self::Price => "The variant has no price in this channel.",
        }
    }
}

impl Market {
    /// Whether the channel delivers to the country.
    pub fn delivers_to(&self, country: &str) -> bool {
        self.countries.iter().any(|one| one == country)
    }
}

impl Attribution {
    /// Checks the texts of a campaign; blank counts as not given.
    pub fn read(texts: [Option<&str>; 3], at: &str) -> Result<Self, Vec<Refused>> {
        let mut refused = Vec::new();
        let mut read = |name: &str, given: Option<&str>| match text::optional(given?, 200) {
            Ok(text) => (!text.is_empty()).then_some(text),
            Err(error) => {
                let path = format!("{at}.{name}");
                refused.push(Refused::invalid(&path, format!("{name} {error}.")));
                None
            }
        };
        let [source, medium, name] = texts;
        let attribution = Self {
            source: read("source", source),
            medium: read("medium", medium),
            name: read("name", name),
        };
        if refused.is_empty() {
            Ok(attribution)
        } else {
            Err(refused)
        }
    }
}

impl Goods {
    /// The price of one, where it can be bought now.
    pub fn offer(&self) -> Result<Money, NotSellable> {
        if self.product_state != ProductState::Active {
            return Err(NotSellable::Product);
        }
        if !self.variant_active {
            return Err(NotSellable::Variant);
        }
        self.price.ok_or(NotSellable::Price)
    }
}

impl Basket {
    /// Whether anything in it has to be sent.
    pub fn requires_shipping(&self) -> bool {
        self.lines.iter().any(|line| line.goods.requires_shipping)
    }

    /// Where the tax is due: where the goods go; where the buyer is, if nothing is sent; the
    /// channel's default country as long as neither is known.
    pub fn destination(&self) -> Destination<'_> {
        let decides = if self.requires_shipping() {
            self.shipping.as_ref()
        } else {
            self.shipping.as_ref().or(self.billing.as_ref())
        };
        match decides.or(self.billing.as_ref()) {
            Some(address) => Destination {
                country: address.country.as_str(),
                region: address.region.as_deref().unwrap_or_default(),
                estimated: decides.is_none(),
            },
            None => Destination {
                country: &self.market.default_country,
                region: "",
                estimated: true,
            },
        }
    }
}

#[cfg(test)]
#[path = "facts_test.rs"]
pub(crate) mod tests;
