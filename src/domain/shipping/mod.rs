//! Delivery methods and what they cost.
//!
//! Invariants: a method's amounts are in the currency of its channel, its countries among the
//! channel's; its code is unique there; one that is free over a value says which. A method that is
//! not offered any more stays for the orders that name it. Uses channel and catalog (tax classes).
//! Deliberately absent: carriers, zones and weights, promises by date.
//!
//! To add a verb: 1. its file in `commands/`; 2. its refusals in `refusal.rs`; 3. its card in
//! `domain/registry.rs`; 4. its field in `graphql/shipping/mutation.rs`. A new rule of pricing is a
//! kind, an arm in `quote.rs` and a check in `terms.rs`.

pub mod commands;
pub mod quote;
pub mod refusal;
pub mod store;
pub mod terms;
