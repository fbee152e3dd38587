//! The verbs of channels.

mod create;
mod update;

pub use create::{ChannelCreate, ChannelCreated};
pub use update::{ChannelUpdate, ChannelUpdated};
