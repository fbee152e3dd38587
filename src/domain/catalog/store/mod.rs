//! The SQL of the catalog. Writes its own tables only; whether a caller may see a row is decided
//! by who asks (`search` for shoppers, the guards of the graph for staff).

pub mod categories;
pub mod children;
pub mod images;
pub mod layout;
pub mod products;
pub mod sheet;
pub mod tax_classes;
pub mod tree;
pub mod variants;
