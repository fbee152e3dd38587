//! The types of the catalog.

mod category;
mod lifecycle;
mod price;
mod product;
mod tax_class;
mod variant;

pub use category::{Category, CategoryConnection};
pub use lifecycle::ProductState;
pub use product::{Product, ProductConnection};
pub use tax_class::TaxClass;
pub use variant::ProductVariant;
