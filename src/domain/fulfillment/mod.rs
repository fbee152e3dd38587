//! Fulfillments: packing, shipping, delivery of order lines.
//!
//! Invariants: pieces in live fulfillments never exceed what was ordered and not cancelled; a piece
//! that is counted leaves from where it was promised; each step goes by the table of `state.rs`,
//! with the order locked first, and none while the order is on hold or cancelled; what an order
//! knows of its fulfillments is written through `order::steps` in the same transaction. Uses
//! inventory, payment and order. Deliberately absent: choosing between plans, parcels with weights,
//! carriers, pickup, parcels that come back.
//!
//! To add a step: 1. its line in `state::MACHINE`; 2. its file in `commands/`, which takes
//! `steps::lock` and `steps::advance`; 3. its refusals in `refusal.rs`; 4. its card in
//! `domain/registry.rs`; 5. its field in `graphql/fulfillment/mutation.rs`.

pub mod check;
pub mod commands;
pub mod refusal;
pub mod select;
pub mod state;
pub mod steps;
pub mod store;
pub mod tracking;
