//! Every way this area says no, in order of precedence.

use crate::domain::customer::book;
use crate::kernel::error::{Code, Details, Refusal as Refuse, Refused};

/// A no of this area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The caller has no profile.
    NoCustomer,
    /// No such address in the caller's book.
    NoAddress,
    /// The thing has changed since the client saw it.
    Changed {
        /// Its version now.
        current: i64,
    },
    /// The book has no more room.
    BookFull,
}

impl Refuse for Refusal {
    fn refused(&self) -> Refused {
        match self {
            Self::NoCustomer => Refused::new(Code::NotFound, "There is no such customer."),
            Self::NoAddress => Refused::not_found("input.id", "address"),
            Self::Changed { current } => Refused::new(
                Code::VersionConflict,
                "It has changed since; read it again.",
            )
            .with(Details::Version { current: *current })
            .at("input.expectedVersion"),
            Self::BookFull => Refused::new(
                Code::LimitExceeded,
                format!("An address book holds {} addresses.", book::MAX),
            ),
        }
    }
}
