//! The SQL of finding: one statement for a page, one for its count, one for a product by a name.

mod conditions;
mod list;
mod one;

pub use list::{Hit, count, counts, key, page, probes, statement};
pub use one::{By, by_ids, find};
