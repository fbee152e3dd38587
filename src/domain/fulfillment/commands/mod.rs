//! The verbs of fulfillment, one file each.

mod cancel;
mod create;
mod deliver;
mod pack;
mod ship;

pub use cancel::{FulfillmentCancel, FulfillmentCancelled};
pub use create::{FulfillmentCreate, FulfillmentCreated};
pub use deliver::{FulfillmentDeliver, FulfillmentDelivered};
pub use pack::{FulfillmentPack, FulfillmentPacked};
pub use ship::{FulfillmentShip, FulfillmentShipped};
