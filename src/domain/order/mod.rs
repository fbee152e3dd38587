//! Orders: the snapshot of what was bought, and its life.
//!
//! Invariants: at most one live order per cart; what was bought never changes, only how far it has
//! come; the statuses of payment and fulfillment are derived and written in the transaction of
//! their source; a confirmed order is authorized, or on an invoice whose terms were approved, or
//! costs nothing. Uses payments and stock. The verbs that settle a payment stand here, because the
//! order's status follows from them.
//!
//! What a fulfillment does to an order arrives through [`steps::fulfillment_moved`]; an order never
//! looks at fulfillments. What places an order is a process further up the house.
//!
//! To add a verb: 1. its line in [`state::MACHINE`]; 2. the decision in a pure file of its name,
//! where there is one to make; 3. `commands/<verb>.rs`, with its card in `domain/registry.rs`;
//! 4. its mutation in `graphql/order`.

pub mod cancel;
pub mod check;
pub mod commands;
pub mod plan;
pub mod refusal;
pub mod state;
pub mod status;
pub mod steps;
pub mod store;
pub mod timeline;
