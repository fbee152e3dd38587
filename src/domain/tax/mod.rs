//! Tax rates, and the arithmetic of tax.
//!
//! Invariants: one rate per tax class, country and region; figures of a document add up exactly and
//! prices that contain tax do not move (`calculate.rs`). Uses catalog (tax classes). Deliberately
//! absent: tax providers outside, exemptions, compound taxes.
//!
//! To add a verb: 1. its file in `commands/`; 2. its refusals in `refusal.rs`; 3. its card in
//! `domain/registry.rs`; 4. its field in `graphql/tax/mutation.rs`.

pub mod calculate;
pub mod choose;
pub mod commands;
pub mod refusal;
pub mod store;
