//! Finding products: who sees which, lists with filters and sorts, text.
//!
//! Invariants: a shopper sees a product only in a channel that lists it, and only while it is on
//! sale; a list shows the active ones. Every list is read by keyset through an index: `products`
//! by state and publication, by title or by id, `product_listings` by price; filters probe by key.
//! Read-only: it writes no row, so it has no verbs. Uses catalog, inventory and pricing.
//!
//! To add a filter: 1. a field in [`filter::Filter`]; 2. its condition in `store/conditions.rs`,
//! with the index it uses; 3. its input in `graphql/catalog/filter.rs`. The plans of the
//! statements are held by a test (`tests/it/catalog/plans.rs`).

pub mod filter;
pub mod shelf;
pub mod store;
