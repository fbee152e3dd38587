//! Every way in which tax says no, in order of precedence.

use crate::kernel::error::{self, Code, Details, Refused};

/// A no of this area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such tax class.
    UnknownClass,
    /// No such rate.
    UnknownRate,
    /// The rate has changed.
    Stale {
        /// Its version.
        current: i64,
    },
}

impl error::Refusal for Refusal {
    fn refused(&self) -> Refused {
        match self {
            Self::UnknownClass => Refused::not_found("input.taxClassId", "tax class"),
            Self::UnknownRate => Refused::not_found("input.id", "tax rate"),
            Self::Stale { current } => {
                let text = "The rate has changed; read it again.";
                Refused::new(Code::VersionConflict, text)
                    .at("input.expectedVersion")
                    .with(Details::Version { current: *current })
            }
        }
    }
}
