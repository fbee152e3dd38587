//! Every way in which stock says no, in order of precedence.

use entity::id::VariantId;

use crate::kernel::error::{self, Code, Details, Refused};

/// A no of this area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such location.
    UnknownLocation,
    /// No such variant.
    UnknownVariant,
    /// The change of a quantity is nothing, or beyond a million.
    NoSuchDelta,
    /// The quantity is below zero or beyond a million.
    NoSuchQuantity(&'static str),
    /// Another location has the code.
    CodeTaken,
    /// The shop has as many locations as it may.
    TooManyLocations,
    /// The object has changed.
    Stale {
        /// Its version.
        current: i64,
    },
    /// There must be a default location, and it must be active.
    DefaultMustServe,
    /// The location takes no part in business.
    LocationClosed,
    /// Nobody counts the variant.
    Untracked,
    /// There are not as many as the caller thought.
    Moved {
        /// Pieces that lie there.
        on_hand: i64,
    },
    /// Less than nothing cannot lie there.
    BelowZero {
        /// Pieces that lie there.
        on_hand: i64,
    },
    /// The pieces are promised to orders.
    Promised {
        /// Pieces that lie there.
        on_hand: i64,
        /// Of those, promised or kept back.
        kept: i64,
    },
    /// Not enough to promise.
    OutOfStock {
        /// What.
        variant: VariantId,
        /// Pieces asked for.
        requested: i64,
        /// Pieces left.
        available: i64,
    },
    /// Not enough lies at the location to send.
    NotThere {
        /// What.
        variant: VariantId,
        /// Pieces to send.
        requested: i64,
        /// Pieces that lie there.
        on_hand: i64,
    },
}

impl error::Refusal for Refusal {
    fn refused(&self) -> Refused {
        let (code, path, message) = self.words();
        Refused::new(code, message).at(path).with(self.figures())
    }
}

impl Refusal {
    fn words(&self) -> (Code, &'static str, String) {
        let said = |code, path, text: &str| (code, path, text.to_owned());
        let missing = |path, what| (Code::NotFound, path, format!("There is no such {what}."));
        match self {
            Self::UnknownLocation => missing("input.locationId", "location"),
            Self::UnknownVariant => missing("input.variantId", "variant"),
            Self::NoSuchDelta => {
                let text = "It must be from 1 to 1,000,000 pieces, more or fewer.";
                said(Code::Validation, "input.delta", text)
            }
            Self::NoSuchQuantity(field) => {
                let text = "It must be from 0 to 1,000,000 pieces.";
                said(Code::Validation, field, text)
            }
            Self::CodeTaken => {
                let text = "Another location has this code.";
                said(Code::AlreadyExists, "input.code", text)
            }
            Self::TooManyLocations => {
                let text = "The shop has as many locations as it may.";
                said(Code::LimitExceeded, "input", text)
            }
            Self::Stale { .. } => {
                let text = "It has changed; read it again.";
                said(Code::VersionConflict, "input.expectedVersion", text)
            }
            Self::DefaultMustServe => {
                let text = "The default location must be active: make another the default first.";
                said(Code::GuardFailed, "input.active", text)
            }
            Self::LocationClosed => {
                let text = "The location is not active.";
                said(Code::GuardFailed, "input.locationId", text)
            }
            Self::Untracked => {
                let text = "Nobody counts the variant: set its policy to tracked first.";
                said(Code::GuardFailed, "input.variantId", text)
            }
            Self::Moved { on_hand } => {
                let text = format!("The quantity has changed: {on_hand} lie there now.");
                (Code::VersionConflict, "input.expectedQuantity", text)
            }
            Self::BelowZero { on_hand } => {
                let text = format!("{on_hand} lie there: fewer than none cannot.");
                (Code::Validation, "input.delta", text)
            }
            Self::Promised { on_hand, kept } => {
                let text = format!("Of {on_hand} there, {kept} are promised or kept back.");
                (Code::GuardFailed, "input", text)
            }
            Self::OutOfStock {
                requested,
                available,
                ..
            } => {
                let text = format!("{requested} asked for, {available} left.");
                (Code::OutOfStock, "input.cartId", text)
            }
            Self::NotThere {
                requested, on_hand, ..
            } => {
                let text = format!("{requested} to send, {on_hand} at the location.");
                (Code::OutOfStock, "input", text)
            }
        }
    }

    fn figures(&self) -> Details {
        match self {
            Self::UnknownLocation
            | Self::UnknownVariant
            | Self::NoSuchDelta
            | Self::NoSuchQuantity(_)
            | Self::CodeTaken
            | Self::TooManyLocations
            | Self::DefaultMustServe
            | Self::LocationClosed
            | Self::Untracked
            | Self::Moved { .. }
            | Self::BelowZero { .. }
            | Self::Promised { .. } => Details::Plain,
            Self::Stale { current } => Details::Version { current: *current },
            Self::OutOfStock {
                variant,
                requested,
                available: left,
            }
            | Self::NotThere {
                variant,
                requested,
                on_hand: left,
            } => Details::Stock {
                variant: variant.to_string(),
                requested: *requested,
                available: *left,
            },
        }
    }
}
