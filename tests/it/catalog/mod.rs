//! The catalog: products, categories, prices, and what shoppers see of them.

mod categories;
pub mod fixture;
mod import;
mod lifecycle;
mod lists;
mod plans;
mod prices;
mod products;
