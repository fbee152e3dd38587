//! Every way this area says no, in order of precedence.

use crate::kernel::error::{self, Code, Refused};
use crate::kernel::money::Money;

/// A no of the payments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It does not exist, or may not be seen.
    NotFound,
    /// It has changed since the version the caller has seen.
    Changed {
        /// The version now.
        current: i64,
    },
    /// The amount is of another currency than the payment.
    Currency {
        /// That of the payment.
        payment: String,
    },
    /// The amount is zero or less.
    NotPositive,
    /// Only an invoice is marked as paid; a card is captured.
    NotAnInvoice,
    /// An invoice has no provider to capture from; it is marked as paid.
    NotACard,
    /// More than what is left.
    Exceeds {
        /// What is left.
        left: Money,
    },
    /// A request to the provider waits for its answer.
    UnderWay,
}

impl error::Refusal for Refusal {
    fn refused(&self) -> Refused {
        match self {
            Self::NotFound => Refused::not_found("input.id", "payment"),
            Self::Changed { current } => Refused::new(
                Code::VersionConflict,
                "The payment has changed meanwhile; read it again.",
            )
            .with(error::Details::Version { current: *current })
            .at("input.expectedVersion"),
            Self::Currency { payment } => Refused::new(
                Code::CurrencyMismatch,
                format!("The payment is in {payment}."),
            )
            .at("input.amount.currency"),
            Self::NotPositive => {
                Refused::invalid("input.amount.amount", "The amount must be above zero.")
            }
            Self::NotAnInvoice => Refused::new(
                Code::GuardFailed,
                "Only an invoice is marked as paid; a card payment is captured.",
            )
            .at("input.id"),
            Self::NotACard => Refused::new(
                Code::GuardFailed,
                "An invoice has no provider to capture from; mark it as paid.",
            )
            .at("input.id"),
            Self::Exceeds { left } => Refused::new(
                Code::AmountExceedsBalance,
                format!("Only {} {} are left.", left.amount(), left.currency),
            )
            .at("input.amount.amount"),
            Self::UnderWay => Refused::new(
                Code::GuardFailed,
                "A request to the payment provider waits for its answer; try again later.",
            )
            .at("input.id"),
        }
    }
}
