//! Every way this area says no, in order of precedence. What the state machine refuses it says
//! itself.

use crate::kernel::error::{self, Code, Details, Refused};

/// A no of the orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It does not exist, or is not the caller's.
    NotFound,
    /// It has changed since the version the caller has seen.
    Changed {
        /// The version now.
        current: i64,
    },
    /// A line is not of the order, or fewer pieces of it are left.
    LinesDoNotFit,
    /// What was set aside for it is no longer there.
    StockGone,
}

impl error::Refusal for Refusal {
    fn refused(&self) -> Refused {
        match self {
            Self::NotFound => Refused::not_found("input.id", "order"),
            Self::Changed { current } => Refused::new(
                Code::VersionConflict,
                "The order has changed meanwhile; read it again.",
            )
            .with(Details::Version { current: *current })
            .at("input.expectedVersion"),
            Self::LinesDoNotFit => Refused::new(
                Code::GuardFailed,
                "A line is not of this order, or fewer pieces of it are left.",
            )
            .at("input.lines"),
            Self::StockGone => Refused::new(
                Code::OutOfStock,
                "What was set aside for the order is no longer in stock.",
            )
            .at("input.id"),
        }
    }
}
