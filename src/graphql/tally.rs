//! Counts operations: by name where the document is known, so that nobody makes up labels.

use std::time::Duration;

use super::api::{Outcome, Reached};
use super::documents::Opened;
use crate::kernel::error::Code;
use crate::meter::{self, Label, Names};

/// How an operation is counted.
pub(super) struct Tally {
    name: Label,
    kind: &'static str,
}

impl Tally {
    /// An operation that will run.
    pub fn of(names: &Names, opened: &Opened) -> Self {
        Self {
            name: names.shown(opened.title(), opened.known),
            kind: match opened.shape.mutates {
                true => "mutation",
                false => "query",
            },
        }
    }

    /// One that was closed before anybody knew what it is.
    pub fn unread(names: &Names) -> Self {
        Self {
            name: names.shown(None, false),
            kind: "unread",
        }
    }

    /// A query was answered with what was kept.
    pub fn again(names: &Names, title: Option<&str>, took: Duration) {
        let name = names.shown(title, true);
        meter::operation_ends(name, "query", "ran", took);
    }

    /// It is over.
    pub fn ends(self, reached: &Reached, took: Duration) {
        let outcome = match reached.outcome {
            Outcome::Ran => "ran",
            Outcome::Refused(Code::Unauthenticated) => "unauthenticated",
            Outcome::Refused(Code::Timeout) => "timeout",
            Outcome::Refused(Code::Busy | Code::Internal | Code::Unavailable) => "failed",
            Outcome::Refused(_) | Outcome::NotReadOnly => "refused",
        };
        meter::operation_ends(self.name, self.kind, outcome, took);
    }
}
