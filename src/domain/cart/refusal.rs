//! Every way in which carts say no, in order of precedence.

use entity::carts::State;
use entity::id::{OrderId, VariantId};

use super::facts::NotSellable;
use super::state::{Facts, MACHINE};
use crate::kernel::error::{Code, Details, Refusal as _, Refused};
use crate::kernel::lifecycle::TransitionRefused;
use crate::kernel::quantity;

/// The most lines a cart may have, and a request may name.
pub const LINES_MAX: usize = 250;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such cart, for this caller.
    NotFound,
    /// The cart has become an order.
    Ordered(Option<OrderId>),
    /// The cart is not open now.
    NotOpen(State),
    /// The cart has changed.
    Changed {
        /// Its version now.
        current: i64,
    },
    /// The channel is closed.
    ChannelClosed,
    /// The channel is not kept in that language.
    Language,
    /// A list without entries.
    Nothing,
    /// A list of more than [`LINES_MAX`] entries.
    TooMany,
    /// No such line in this cart.
    NoLine,
    /// The same line twice in one request.
    Twice,
    /// A quantity out of bounds.
    Quantity {
        /// The least one may ask for.
        least: i64,
    },
    /// No such variant.
    NoVariant,
    /// The variant cannot be bought here now.
    NotSellable(NotSellable),
    /// Not enough of it.
    OutOfStock {
        /// Which.
        variant: VariantId,
        /// Pieces the cart would hold.
        requested: i64,
        /// Pieces there are.
        available: i64,
    },
    /// One line too many.
    Full,
    /// A total beyond what money can say.
    TooLarge,
    /// The channel does not deliver to that country.
    Country,
    /// No such delivery method in this channel.
    NoMethod,
    /// The method does not serve the country of the address.
    MethodCountry,
}

impl crate::kernel::error::Refusal for Refusal {
    fn refused(&self) -> Refused {
        let plain = |code, message: &str| Refused::new(code, message);
        match self {
            Self::NotFound => Refused::not_found("input.cartId", "cart"),
            Self::Ordered(order) => ordered(*order),
            Self::NotOpen(state) => not_open(*state),
            Self::Changed { current } => plain(
                Code::VersionConflict,
                "The cart has changed since: read it again.",
            )
            .at("input.expectedVersion")
            .with(Details::Version { current: *current }),
            Self::ChannelClosed => plain(Code::NotSellable, "The channel is closed."),
            Self::Language => plain(
                Code::Validation,
                "The channel is not kept in this language.",
            ),
            Self::Nothing => plain(Code::Validation, "Name at least one line."),
            Self::TooMany => plain(
                Code::Validation,
                &format!("At most {LINES_MAX} lines at once."),
            ),
            Self::NoLine => Refused::not_found("input.lines", "line in this cart"),
            Self::Twice => plain(Code::Validation, "The line is named twice."),
            Self::Quantity { least } => plain(
                Code::Validation,
                &format!("A quantity is from {least} to {}.", quantity::MAX),
            ),
            Self::NoVariant => Refused::not_found("input.lines", "variant"),
            Self::NotSellable(why) => plain(Code::NotSellable, why.sentence()),
            Self::OutOfStock {
                variant,
                requested,
                available,
            } => short(*variant, *requested, *available),
            Self::Full => plain(
                Code::LimitExceeded,
                &format!("A cart holds at most {LINES_MAX} lines."),
            ),
            Self::TooLarge => plain(Code::LimitExceeded, "The cart's total would be too large."),
            Self::Country => plain(
                Code::Validation,
                "This channel does not deliver to the country.",
            ),
            Self::NoMethod => Refused::not_found("input.method", "delivery method in this channel"),
            Self::MethodCountry => plain(
                Code::Validation,
                "The delivery method does not serve the country of the shipping address.",
            )
            .at("input.method"),
        }
    }
}

fn ordered(order: Option<OrderId>) -> Refused {
    let refused = Refused::new(Code::CartAlreadyOrdered, "The cart has an order already.");
    let refused = refused.at("input.cartId");
    match order {
        Some(order) => refused.with(Details::Order {
            order: order.to_string(),
        }),
        None => refused,
    }
}

/// As the machine would say it: there is no way from here.
fn not_open(state: State) -> Refused {
    let allowed = MACHINE
        .available(
            state,
            crate::kernel::permission::Role::Shopper,
            &Facts::default(),
        )
        .into_iter()
        .map(|one| one.action)
        .collect();
    let transition = TransitionRefused {
        action: "change",
        from: state.as_str(),
        allowed,
        blocked_by: Vec::new(),
    };
    Refused {
        message: format!("The cart cannot be changed while it is {state}."),
        ..transition.at("input.cartId")
    }
}

fn short(variant: VariantId, requested: i64, available: i64) -> Refused {
    let available = available.max(0);
    let message = format!("{requested} are asked for, {available} are left.");
    Refused::new(Code::OutOfStock, message).with(Details::Stock {
        variant: variant.to_string(),
        requested,
        available,
    })
}
