//! Stock in the graph.

mod loaders;
mod location_create;
mod location_update;
mod mutation;
mod query;
mod stock_adjust;
mod stock_policy_set;
mod stock_set;
mod types;

pub use mutation::InventoryMutation;
pub use query::InventoryQuery;
pub use types::{Location, StockLevel};
