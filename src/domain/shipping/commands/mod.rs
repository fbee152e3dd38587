//! The verbs of shipping, one file each.

mod method_create;
mod method_update;

pub use method_create::{DeliveryMethodCreate, DeliveryMethodCreated};
pub use method_update::{DeliveryMethodUpdate, DeliveryMethodUpdated};
