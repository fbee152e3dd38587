//! Tax rates in the graph.

mod loaders;
mod mutation;
mod query;
mod tax_rate_remove;
mod tax_rate_set;
mod types;

pub use mutation::TaxMutation;
pub use query::TaxQuery;
pub use types::TaxRate;
