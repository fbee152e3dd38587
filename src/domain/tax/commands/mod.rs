//! The verbs of tax, one file each.

mod rate_remove;
mod rate_set;

pub use rate_remove::{TaxRateRemove, TaxRateRemoved};
pub use rate_set::{TaxRateSet, TaxRateWasSet};
