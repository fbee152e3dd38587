//! Payments in the graph.

mod capture;
mod loaders;
mod mark_paid;
mod mutation;
mod types;

pub use mutation::PaymentMutation;
pub use types::{Payment, PaymentMethod};
