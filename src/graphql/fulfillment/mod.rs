//! Fulfillments in the graph.

mod cancel;
mod create;
mod deliver;
mod loaders;
mod mutation;
mod pack;
mod query;
mod ship;
mod types;

pub use loaders::OfOrder;
pub use mutation::FulfillmentMutation;
pub use query::FulfillmentQuery;
pub use types::Fulfillment;
