//! The life of a product: the only table of what may follow what.

use entity::products::State;

use crate::kernel::lifecycle::{self, Guard, Machine, Transition};
use crate::kernel::permission::Permission;

impl lifecycle::State for State {
    const ALL: &'static [Self] = State::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

/// What the guards look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Variants that are active.
    pub active_variants: i64,
    /// Channels in which an active variant has a price.
    pub priced_channels: i64,
    /// Promises of stock that are neither shipped nor given back.
    pub open_reservations: i64,
}

/// Whether it can be bought: what is discontinued sells out.
pub fn is_on_sale(state: State) -> bool {
    match state {
        State::Active | State::Discontinued => true,
        State::Draft | State::InReview | State::Suspended | State::Archived => false,
    }
}

/// The states of [`is_on_sale`].
pub const ON_SALE: [State; 2] = [State::Active, State::Discontinued];

const ACTIVE_VARIANT: Guard<Facts> = Guard {
    name: "activeVariant",
    doc: "At least one variant is active.",
    check: |facts| {
        let why = || "The product has no active variant.".to_owned();
        (facts.active_variants > 0).then_some(()).ok_or_else(why)
    },
};

const PRICED: Guard<Facts> = Guard {
    name: "priced",
    doc: "An active variant has a price in at least one channel.",
    check: |facts| {
        let why = || "No active variant has a price in any channel.".to_owned();
        (facts.priced_channels > 0).then_some(()).ok_or_else(why)
    },
};

const NOTHING_PROMISED: Guard<Facts> = Guard {
    name: "nothingPromised",
    doc: "No stock of it is promised to an order.",
    check: |facts| match facts.open_reservations {
        0 => Ok(()),
        open => Err(format!(
            "Orders still hold stock of it: {open} reservations."
        )),
    },
};

/// Products begin as drafts; a review may stand between draft and publication.
pub const MACHINE: Machine<State, Facts> = Machine {
    name: "product",
    initial: State::Draft,
    transitions: &[
        Transition {
            action: "submit",
            from: &[State::Draft],
            to: State::InReview,
            permission: Permission::CatalogManage,
            required: &["title", "taxClass", "variants"],
            guards: &[ACTIVE_VARIANT],
            event: "product.submitted",
        },
        Transition {
            action: "reject",
            from: &[State::InReview],
            to: State::Draft,
            permission: Permission::ProductPublish,
            required: &["reason"],
            guards: &[],
            event: "product.rejected",
        },
        Transition {
            action: "publish",
            from: &[State::Draft, State::InReview],
            to: State::Active,
            permission: Permission::ProductPublish,
            required: &["title", "taxClass", "variants", "prices"],
            guards: &[ACTIVE_VARIANT, PRICED],
            event: "product.published",
        },
        Transition {
            action: "suspend",
            from: &[State::Active],
            to: State::Suspended,
            permission: Permission::ProductPublish,
            required: &["reason"],
            guards: &[],
            event: "product.suspended",
        },
        Transition {
            action: "resume",
            from: &[State::Suspended],
            to: State::Active,
            permission: Permission::ProductPublish,
            required: &[],
            guards: &[ACTIVE_VARIANT, PRICED],
            event: "product.resumed",
        },
        Transition {
            action: "discontinue",
            from: &[State::Active, State::Suspended],
            to: State::Discontinued,
            permission: Permission::CatalogManage,
            required: &[],
            guards: &[],
            event: "product.discontinued",
        },
        Transition {
            action: "archive",
            from: &[State::Draft, State::Suspended, State::Discontinued],
            to: State::Archived,
            permission: Permission::ProductPublish,
            required: &[],
            guards: &[NOTHING_PROMISED],
            event: "product.archived",
        },
        Transition {
            action: "restore",
            from: &[State::Archived],
            to: State::Draft,
            permission: Permission::ProductPublish,
            required: &[],
            guards: &[],
            event: "product.restored",
        },
    ],
};

#[cfg(test)]
#[path = "state_test.rs"]
mod tests;
