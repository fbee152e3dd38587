//! The verbs of stock: a table of contents.

use async_graphql::{Context, Object};

use super::location_create::{LocationCreateInput, LocationCreatePayload, location_create};
use super::location_update::{LocationUpdateInput, LocationUpdatePayload, location_update};
use super::stock_adjust::{StockAdjustInput, StockAdjustPayload, stock_adjust};
use super::stock_policy_set::{StockPolicySetInput, StockPolicySetPayload, stock_policy_set};
use super::stock_set::{StockSetInput, StockSetPayload, stock_set};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of stock.
#[derive(Default)]
pub struct InventoryMutation;

#[Object]
impl InventoryMutation {
    /// Adds a place that holds stock; the first one is the default.
    #[graphql(guard = "gate::location_manage", visible = "see::location_manage")]
    async fn location_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new location.")] input: LocationCreateInput,
    ) -> Reply<LocationCreatePayload> {
        location_create(ctx, input).await
    }

    /// Changes what may change of a location; what is left out stays.
    #[graphql(guard = "gate::location_manage", visible = "see::location_manage")]
    async fn location_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: LocationUpdateInput,
    ) -> Reply<LocationUpdatePayload> {
        location_update(ctx, input).await
    }

    /// So many pieces more or fewer lie at a location. Needs an idempotency key.
    #[graphql(guard = "gate::stock_manage", visible = "see::stock_manage")]
    async fn stock_adjust(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: StockAdjustInput,
    ) -> Reply<StockAdjustPayload> {
        stock_adjust(ctx, input).await
    }

    /// So many pieces lie at a location, provided as many did as you thought. Needs an idempotency
    /// key.
    #[graphql(guard = "gate::stock_manage", visible = "see::stock_manage")]
    async fn stock_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new figure.")] input: StockSetInput,
    ) -> Reply<StockSetPayload> {
        stock_set(ctx, input).await
    }

    /// Whether a variant is counted, and whether it may be sold beyond what there is.
    #[graphql(guard = "gate::stock_manage", visible = "see::stock_manage")]
    async fn stock_policy_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new policy.")] input: StockPolicySetInput,
    ) -> Reply<StockPolicySetPayload> {
        stock_policy_set(ctx, input).await
    }
}
