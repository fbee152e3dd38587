//! Customers and their address books in the graph.

mod address;
mod address_add;
mod address_remove;
mod address_update;
mod loaders;
mod mutation;
mod query;
mod sign_up;
mod types;
mod update;

pub use mutation::CustomerMutation;
pub use query::CustomerQuery;
pub use types::Customer;
