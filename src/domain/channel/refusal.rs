//! Every way this area says no, in order of precedence.

use crate::kernel::error::{Code, Details, Refusal as Said, Refused};

/// Why a change of a channel is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such channel.
    NotFound,
    /// The channel has changed since.
    Stale {
        /// Its version now.
        current: i64,
    },
    /// The code is taken.
    CodeTaken,
    /// Every channel sells to at least one country and speaks at least one language.
    Empty(&'static str),
}

impl Said for Refusal {
    fn refused(&self) -> Refused {
        match self {
            Self::NotFound => Refused::not_found("input.id", "channel"),
            Self::Stale { current } => Refused::new(
                Code::VersionConflict,
                "The channel has changed; read it again.",
            )
            .at("input.expectedVersion")
            .with(Details::Version { current: *current }),
            Self::CodeTaken => {
                Refused::new(Code::AlreadyExists, "Another channel has this code.").at("input.code")
            }
            Self::Empty(field) => {
                Refused::invalid(&format!("input.{field}"), "At least one is needed.")
            }
        }
    }
}
