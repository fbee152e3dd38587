//! Every way this area says no, in order of precedence.

use crate::kernel::error::{Code, Details, Refusal as Said, Refused};
use crate::kernel::money::Currency;

/// Why a change of prices or of a product's life is refused. The verb adds the path of the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such thing.
    NotFound(&'static str),
    /// It has changed since.
    Stale {
        /// Its version now.
        current: i64,
    },
    /// The same variant and channel stand twice in the input.
    Twice,
    /// Another one has this value.
    Taken(&'static str),
    /// The amount is not in the channel's currency.
    CurrencyMismatch {
        /// What the channel sells in.
        channel: Currency,
        /// What was given.
        given: Currency,
    },
    /// A price below zero.
    Negative,
    /// The compared price is not higher.
    NotHigher,
    /// A text that the action needs is empty.
    Missing(&'static str),
    /// A product on sale keeps at least one active variant.
    LastVariant,
    /// Nothing is given that could change.
    NothingToDo,
}

impl Said for Refusal {
    fn refused(&self) -> Refused {
        match self {
            Self::NotFound(what) => Refused::not_found("input.id", what),
            Self::Stale { current } => {
                Refused::new(Code::VersionConflict, "It has changed; read it again.")
                    .at("input.expectedVersion")
                    .with(Details::Version { current: *current })
            }
            Self::Twice => Refused::new(
                Code::Validation,
                "This variant and channel stand twice in the input.",
            ),
            Self::Taken(what) => {
                Refused::new(Code::AlreadyExists, format!("Another one has this {what}."))
            }
            Self::CurrencyMismatch { channel, given } => Refused::new(
                Code::CurrencyMismatch,
                format!("The channel sells in {channel}, not in {given}."),
            ),
            Self::Negative => Refused::new(Code::Validation, "A price cannot be below zero."),
            Self::NotHigher => Refused::new(
                Code::Validation,
                "The price it is compared with must be higher than the price.",
            ),
            Self::Missing(field) => {
                let fields = vec![(*field).to_owned()];
                Refused::new(Code::MissingFields, format!("The action needs a {field}."))
                    .at(&format!("input.{field}"))
                    .with(Details::Missing { fields })
            }
            Self::LastVariant => Refused::new(
                Code::GuardFailed,
                "A product on sale needs an active variant: suspend the product first.",
            ),
            Self::NothingToDo => Refused::new(Code::Validation, "Give at least one."),
        }
    }
}

/// Refuses a version that is not the current one; none is no claim.
pub fn check_version(expected: Option<i64>, current: i64) -> Result<(), Refusal> {
    match expected {
        Some(expected) if expected != current => Err(Refusal::Stale { current }),
        Some(_) | None => Ok(()),
    }
}
