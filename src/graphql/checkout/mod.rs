//! Checkout in the graph: from a cart to an order, through the process that asks for the money.

mod cart_complete;
mod challenge_complete;
mod mutation;
mod outcome;

pub use mutation::CheckoutMutation;
