//! Every way in which shipping says no, in order of precedence.

use crate::kernel::error::{self, Code, Details, Refused};
use crate::kernel::money::Currency;

/// A no of this area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such channel.
    UnknownChannel,
    /// No such method.
    UnknownMethod,
    /// No such tax class.
    UnknownClass,
    /// The method has changed.
    Stale {
        /// Its version.
        current: i64,
    },
    /// Another method of the channel has the code.
    CodeTaken,
    /// The channel has as many methods as it may.
    TooMany,
    /// An amount in another currency than the channel's.
    OtherCurrency {
        /// Where.
        path: &'static str,
        /// The channel's.
        currency: Currency,
    },
    /// An amount below zero.
    BelowZero(&'static str),
    /// Free over what?
    NoThreshold,
    /// The channel does not sell to the country.
    NotOfChannel(String),
    /// Days that cannot be.
    Days,
    /// A place in the order that cannot be.
    Position,
}

impl error::Refusal for Refusal {
    fn refused(&self) -> Refused {
        let invalid = |path: &str, text: &str| Refused::invalid(path, text);
        match self {
            Self::UnknownChannel => Refused::not_found("input.channelId", "channel"),
            Self::UnknownMethod => Refused::not_found("input.id", "delivery method"),
            Self::UnknownClass => Refused::not_found("input.taxClassId", "tax class"),
            Self::Stale { current } => {
                let text = "The method has changed; read it again.";
                Refused::new(Code::VersionConflict, text)
                    .at("input.expectedVersion")
                    .with(Details::Version { current: *current })
            }
            Self::CodeTaken => {
                let text = "Another method of the channel has this code.";
                Refused::new(Code::AlreadyExists, text).at("input.code")
            }
            Self::TooMany => {
                let text = "The channel has as many delivery methods as it may.";
                Refused::new(Code::LimitExceeded, text).at("input.channelId")
            }
            Self::OtherCurrency { path, currency } => {
                let text = format!("The channel sells in {currency}.");
                Refused::new(Code::CurrencyMismatch, text).at(path)
            }
            Self::BelowZero(path) => invalid(path, "It must not be below zero."),
            Self::NoThreshold => {
                let text = "Say from which value of goods it is free.";
                Refused::new(Code::MissingFields, text)
                    .at("input.freeOver")
                    .with(Details::Missing {
                        fields: vec!["freeOver".to_owned()],
                    })
            }
            Self::NotOfChannel(country) => {
                let text = format!("The channel does not sell to {country}.");
                Refused::invalid("input.countries", text)
            }
            Self::Days => {
                let text = "Days must be from 0 to 365, and minDays at most maxDays.";
                invalid("input.minDays", text)
            }
            Self::Position => invalid("input.position", "It must be from 0 to 1,000,000."),
        }
    }
}
