//! Carts: what somebody is about to buy, where it goes, what it costs, and what is still missing.
//!
//! Invariants: one currency, that of the channel; each variant on one line; a cart is changed only
//! while it is active, and only by its customer, the holder of its secret, or support; what it costs
//! is a pure function of what is read at once (`facts.rs` → `totals.rs`), the same for the page and
//! for the order. Personal data (contact, addresses) stands in tables of its own and in no audit
//! entry or event.
//!
//! Uses the rows of channel, catalog, pricing, inventory, tax and shipping, and the rules of tax and
//! inventory. Deliberately absent: stock is not held for a cart, only for an order; merging,
//! abandoning and expiring.
//!
//! To add a verb: 1. its file in `commands/`, beginning with `steps::open`, which locks the cart and
//! refuses what may not be changed; 2. its refusals in `refusal.rs`; 3. its card in
//! `domain/registry.rs`; 4. its field in `graphql/cart/mutation.rs`.

pub mod check;
pub mod commands;
pub mod completion;
pub mod delivery;
pub mod facts;
pub mod guard;
pub mod language;
pub mod lines;
pub mod readiness;
pub mod refusal;
pub mod state;
pub mod steps;
pub mod store;
pub mod totals;
