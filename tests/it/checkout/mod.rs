//! Checkout: from a cart to an order, however the payment goes.

mod challenge;
mod outcomes;
mod refusals;
