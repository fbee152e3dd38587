//! Every way in which fulfillment says no, in order of precedence. What the state machine refuses it
//! says itself.

use entity::id::OrderLineId;

use crate::kernel::error::{self, Code, Details, Refused};

/// A no of this area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such order, or none that the caller may see.
    UnknownOrder,
    /// No such fulfillment.
    NotFound,
    /// No such location.
    UnknownLocation,
    /// It has changed.
    Stale {
        /// Its version.
        current: i64,
    },
    /// A line that is not of the order.
    UnknownLine {
        /// Its place in the input.
        index: usize,
    },
    /// A line that is named twice.
    LineTwice {
        /// Its place in the input.
        index: usize,
    },
    /// More pieces than are left of a line.
    TooMany {
        /// Its place in the input.
        index: usize,
        /// Pieces left.
        left: i64,
    },
    /// The pieces are promised elsewhere.
    NotThere {
        /// The line.
        line: OrderLineId,
        /// Pieces that can leave from there.
        left: i64,
    },
    /// Nothing can leave from there.
    NothingLeft,
    /// The shop has no location.
    NoLocation,
    /// A link that is none.
    NoLink,
}

impl error::Refusal for Refusal {
    fn refused(&self) -> Refused {
        match self {
            Self::UnknownOrder => Refused::not_found("input.orderId", "order"),
            Self::NotFound => Refused::not_found("input.id", "fulfillment"),
            Self::UnknownLocation => Refused::not_found("input.locationId", "location"),
            Self::Stale { current } => {
                let text = "The fulfillment has changed; read it again.";
                Refused::new(Code::VersionConflict, text)
                    .at("input.expectedVersion")
                    .with(Details::Version { current: *current })
            }
            Self::UnknownLine { index } => {
                Refused::not_found(&format!("input.lines.{index}.orderLineId"), "line")
            }
            Self::LineTwice { index } => {
                let path = format!("input.lines.{index}.orderLineId");
                Refused::invalid(&path, "The line is named twice.")
            }
            Self::TooMany { index, left } => {
                let text = format!("Only {left} of this line are in no fulfillment yet.");
                Refused::new(Code::GuardFailed, text).at(&format!("input.lines.{index}.quantity"))
            }
            Self::NotThere { line, left } => {
                let text = format!(
                    "Of {line}, {left} can leave from one location: name another, or fewer."
                );
                Refused::new(Code::GuardFailed, text).at("input.locationId")
            }
            Self::NothingLeft => {
                let text = "Nothing of the order is left that could leave from there.";
                Refused::new(Code::GuardFailed, text).at("input.lines")
            }
            Self::NoLocation => {
                let text = "The shop has no location that serves orders.";
                Refused::new(Code::GuardFailed, text).at("input.locationId")
            }
            Self::NoLink => {
                let text = "A link begins with https:// or http://.";
                Refused::invalid("input.tracking.url", text)
            }
        }
    }
}
