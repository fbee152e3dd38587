//! The catalog: tax classes, the tree of categories, and products with their options, variants and
//! images.
//!
//! Invariants: slugs and SKUs are unique; the variants of a product differ in their options, and
//! each has one value of every option; the tree has no circle and at most [`tree::DEPTH_MAX`]
//! levels, and `category_paths` holds every pair of an upper and a lower category; the words of a
//! product in `product_terms` are those of its title, vendor, type and SKUs. Rows of a product
//! change only under the lock of the product.
//!
//! The life of a product is the table in [`state`]. What decides about it (prices, promised stock)
//! stands further down the line, so its verbs are those of `pricing`, which write the state
//! through [`steps::set_state`]. For the same reason it is `pricing` that takes a variant off sale.
//!
//! Deliberately absent: prices, stock, and who sees what (area `search`). Sees channel and access.
//!
//! To add a verb: 1. a file in `commands/` with its input and `impl Command`; 2. its card in
//! `domain/registry.rs`; 3. its file in `graphql/catalog/` and a line in `mutation.rs` there.
//! To add a column to products: also `store/sheet.rs`, which writes many at once.

pub mod check;
pub mod commands;
pub mod draft;
pub mod html;
pub mod image;
pub mod options;
pub mod refusal;
pub mod state;
pub mod steps;
pub mod store;
pub mod tree;
pub mod words;
