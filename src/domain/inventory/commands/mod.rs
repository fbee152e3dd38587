//! The verbs of stock, one file each.

mod adjust;
mod location_create;
mod location_update;
mod policy_set;
mod set;
mod sweep;

pub use adjust::{StockAdjust, StockAdjusted};
pub use location_create::{LocationCreate, LocationCreated};
pub use location_update::{LocationUpdate, LocationUpdated};
pub use policy_set::{StockPolicySet, StockPolicyWasSet};
pub use set::{StockSet, StockWasSet};
pub use sweep::{InventorySweep, InventorySwept};
