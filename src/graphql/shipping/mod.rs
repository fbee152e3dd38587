//! Delivery methods in the graph.

mod delivery_method_create;
mod delivery_method_update;
mod loaders;
mod mutation;
mod query;
mod types;

pub use mutation::ShippingMutation;
pub use query::{KEPT, ShippingQuery};
pub use types::DeliveryMethod;
