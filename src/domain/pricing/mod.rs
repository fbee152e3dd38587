//! Prices per channel, their history, which products a channel lists, and the life of products.
//!
//! Invariants: a price is in its channel's currency; a variant has at most one in a channel, and
//! every change of it stands in `price_history`; `product_listings` has a row for a product and a
//! channel exactly if an active variant of the product has a price there, with the lowest and the
//! highest of them. Prices of a product change only under the lock of the product.
//!
//! The verbs that move a product through its life stand here, because what decides about them
//! (prices, promised stock) is known here first: the table is `catalog::state`, the facts are read
//! by [`store::facts`], the state is written by `catalog::steps`. For the same reason an import of
//! whole products stands here, with its plan in [`import_plan`].
//!
//! Deliberately absent: discounts, price lists, quantity breaks. Uses channel, catalog, inventory.
//!
//! To add a verb: 1. a file in `commands/` with its input and `impl Command`; 2. its card in
//! `domain/registry.rs`; 3. its file in `graphql/pricing/` and a line in `mutation.rs` there.

pub mod check;
pub mod commands;
pub mod import_check;
pub mod import_plan;
pub mod price;
pub mod refusal;
pub mod steps;
pub mod store;
