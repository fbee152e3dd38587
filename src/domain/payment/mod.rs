//! Payments: what is owed for an order, what was asked of a provider, what it said, and the ledger.
//!
//! Invariants: refunded ≤ captured ≤ authorized ≤ amount, by guarded statements; whatever is sent to
//! a provider stands in `payment_operations` before, with a key of its own, so that asking again is
//! harmless; an operation moves the ledger once (its id is the ledger's transaction); every
//! operation is resolved or in the work list. Uses nothing of the areas before it but their ids.
//!
//! An order's payment status is derived further down the line: verbs that settle a payment stand
//! with the order, and take the steps of this area. Calls to a provider are made by `process`.
//!
//! To add a method of payment: 1. its word in `entity::payments::Method`; 2. an adapter of
//! [`port::Gateway`] under `src/gateway/`, named there; 3. what it needs before sending in
//! [`steps::open`]. To add an operation: 1. its word in `entity::payment_operations::Kind`; 2. its
//! line in [`state::MACHINE`] and [`settle::plan`]; 3. a step that requests it.

pub mod check;
pub mod commands;
pub mod ledger;
pub mod port;
pub mod refusal;
pub mod request;
pub mod settle;
pub mod standing;
pub mod state;
pub mod steps;
pub mod store;
