//! Stock: levels, reservations and movements at locations.
//!
//! Invariants: promises never exceed what lies at a level, less what is kept back, plus what may be
//! owed (`store/hot.rs`, and a CHECK); a reservation ends once, and only then its pieces go back;
//! the reservation, the level and the movement change together; movements are double entry and
//! append-only. A variant without a policy is counted and not sold beyond what there is; one that
//! nobody counts is never reserved.
//!
//! Uses catalog (variants). Deliberately absent: buckets for hot levels, quotas of channels, supply
//! to come, counts with approval; their columns are there.
//!
//! To add a verb: 1. its file in `commands/`; 2. its refusals in `refusal.rs`; 3. its card in
//! `domain/registry.rs`; 4. its field in `graphql/inventory/mutation.rs`. What changes figures of a
//! level is one more guarded statement in `store/hot.rs`.

pub mod availability;
pub mod check;
pub mod choose;
pub mod commands;
pub mod movement;
pub mod refusal;
pub mod shipment;
pub mod steps;
pub mod store;

pub use store::locations::serves;
