//! Orders in the graph.

mod cancel;
mod confirm;
mod hold;
mod line;
mod loaders;
mod mutation;
mod parts;
mod query;
mod release;
mod subscription;
mod timeline;
mod types;

pub use line::OrderLine;
pub use mutation::OrderMutation;
pub use query::{OrderQuery, orders_of};
pub use subscription::OrderSubscription;
pub use types::{Order, OrderConnection};
