//! Channels in the graph.

mod create;
mod loaders;
mod mutation;
mod query;
mod types;
mod update;

pub use mutation::ChannelMutation;
pub use query::{ChannelQuery, KEPT};
pub use types::Channel;
