//! The catalog in the graph: products, variants, categories, tax classes, and their prices as the
//! channel in use sells them.

mod ahead;
mod category_create;
mod category_delete;
mod category_move;
mod category_update;
mod filter;
mod image_remove;
mod image_update;
mod images_add;
mod images_reorder;
mod input;
mod loaders;
mod mutation;
mod product_create;
mod product_update;
mod query;
mod tax_class_create;
mod tax_class_update;
mod types;
mod variant_update;
mod variants_create;
mod view;

pub use mutation::CatalogMutation;
pub use query::{CatalogQuery, KEPT};
pub use types::{Category, Product, ProductVariant, TaxClass};
