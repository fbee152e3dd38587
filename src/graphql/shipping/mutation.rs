//! The verbs of shipping: a table of contents.

use async_graphql::{Context, Object};

use super::delivery_method_create::{
    DeliveryMethodCreateInput, DeliveryMethodCreatePayload, delivery_method_create,
};
use super::delivery_method_update::{
    DeliveryMethodUpdateInput, DeliveryMethodUpdatePayload, delivery_method_update,
};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of shipping.
#[derive(Default)]
pub struct ShippingMutation;

#[Object]
impl ShippingMutation {
    /// A channel offers one more way to deliver.
    #[graphql(guard = "gate::delivery_manage", visible = "see::delivery_manage")]
    async fn delivery_method_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new method.")] input: DeliveryMethodCreateInput,
    ) -> Reply<DeliveryMethodCreatePayload> {
        delivery_method_create(ctx, input).await
    }

    /// Changes a way to deliver, or offers it no longer; what is left out stays. Orders keep what
    /// they were placed with.
    #[graphql(guard = "gate::delivery_manage", visible = "see::delivery_manage")]
    async fn delivery_method_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: DeliveryMethodUpdateInput,
    ) -> Reply<DeliveryMethodUpdatePayload> {
        delivery_method_update(ctx, input).await
    }
}
