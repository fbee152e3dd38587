//! Carts in the graph.

mod address_set;
mod claim;
mod contact_set;
mod create;
mod delivery;
mod delivery_set;
mod line;
mod lines_add;
mod lines_remove;
mod lines_update;
mod loaders;
mod mutation;
mod query;
mod readiness;
mod subscription;
mod totals;
mod types;

pub use mutation::CartMutation;
pub use query::CartQuery;
pub use subscription::CartSubscription;
pub use types::Cart;
