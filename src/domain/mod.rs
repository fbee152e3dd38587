//! The areas of commerce, in their line: an area sees only what stands before it.
//!
//! Where an earlier area must react to a later one, the fact it needs is kept on its own rows, or
//! a process connects the two; never an import back. `tests/tidy.rs` holds the line.
//!
//! To add an area: 1. its place in [`LINE`], with a folder of the same name; 2. `mod.rs` says what
//! it is, its invariants and what it uses; 3. rules in plain files, SQL in `store.rs`, verbs in
//! `commands/`, each with its card in `registry.rs`; 4. its state machine in `machines!` below.

pub mod access;
pub mod cart;
pub mod catalog;
pub mod channel;
pub mod check;
pub mod customer;
pub mod fulfillment;
pub mod inventory;
pub mod order;
pub mod payment;
pub mod pricing;
pub mod public;
pub mod registry;
pub mod search;
pub mod shipping;
pub mod tax;

use crate::kernel::lifecycle::Rule;
use crate::kernel::lifecycle_docs;

/// The line in which the areas stand; those without a folder are to come.
pub const LINE: &[&str] = &[
    "channel",
    "access",
    "approval",
    "exception",
    "catalog",
    "customer",
    "inventory",
    "pricing",
    "campaign",
    "tax",
    "search",
    "shipping",
    "payment",
    "order",
    "cart",
    "fulfillment",
    "returns",
    "support",
    "webhook",
    "analytics",
];

/// Says which areas have a state machine (in their `state.rs`).
macro_rules! machines {
    ($($area:ident),+ $(,)?) => {
        /// The rules of all state machines, as `transition_rules` holds them.
        pub fn rules() -> Vec<Rule> {
            [$($area::state::MACHINE.rules()),+].into_iter().flatten().collect()
        }

        /// The pages of all state machines, by name.
        pub fn lifecycles() -> Vec<(&'static str, String)> {
            vec![$(($area::state::MACHINE.name, lifecycle_docs::page(&$area::state::MACHINE))),+]
        }

        /// What each state and action come to, role by role, for all state machines by name.
        pub fn matrices() -> Vec<(&'static str, String)> {
            vec![$(($area::state::MACHINE.name, lifecycle_docs::matrix(&$area::state::MACHINE))),+]
        }

        /// States of all machines from which a row never comes to an end.
        pub fn traps() -> Vec<&'static str> {
            [$(lifecycle_docs::traps(&$area::state::MACHINE)),+].concat()
        }
    };
}

machines!(catalog, payment, order, cart, fulfillment);
