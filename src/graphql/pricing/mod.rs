//! Prices, and the life of products, in the graph. Their types are those of the catalog.

mod archive;
mod discontinue;
mod mutation;
mod prices_remove;
mod prices_set;
mod publish;
mod reject;
mod restore;
mod resume;
mod submit;
mod suspend;
mod variant_activate;
mod variant_deactivate;

pub use mutation::PricingMutation;

use async_graphql::Context;
use entity::id::VariantId;
use futures_util::future::try_join_all;

use super::catalog::ProductVariant;
use crate::kernel::error::Fault;

/// Variants by their ids, in this order.
async fn variants_of(ctx: &Context<'_>, ids: Vec<VariantId>) -> Result<Vec<ProductVariant>, Fault> {
    try_join_all(ids.into_iter().map(|id| ProductVariant::by_id(ctx, id))).await
}
