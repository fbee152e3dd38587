//! Where a product is in its life.

use async_graphql::Enum;
use entity::products::State;

/// Where a product is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "State")]
pub enum ProductState {
    /// Being written; nobody else sees it.
    Draft,
    /// Waiting for whoever publishes.
    InReview,
    /// On sale.
    Active,
    /// Taken off sale for a while.
    Suspended,
    /// Sells out, and is not listed any more.
    Discontinued,
    /// Put away.
    Archived,
}
