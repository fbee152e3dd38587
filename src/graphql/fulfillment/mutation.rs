//! The verbs of fulfillment: a table of contents.

use async_graphql::{Context, Object};

use super::cancel::{FulfillmentCancelInput, FulfillmentCancelPayload, fulfillment_cancel};
use super::create::{FulfillmentCreateInput, FulfillmentCreatePayload, fulfillment_create};
use super::deliver::{FulfillmentDeliverInput, FulfillmentDeliverPayload, fulfillment_deliver};
use super::pack::{FulfillmentPackInput, FulfillmentPackPayload, fulfillment_pack};
use super::ship::{FulfillmentShipInput, FulfillmentShipPayload, fulfillment_ship};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of fulfillment.
#[derive(Default)]
pub struct FulfillmentMutation;

#[Object]
impl FulfillmentMutation {
    /// Pieces of a confirmed order are to leave one location together. Needs an idempotency key.
    #[graphql(
        guard = "gate::fulfillment_manage",
        visible = "see::fulfillment_manage"
    )]
    async fn fulfillment_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to leave together.")] input: FulfillmentCreateInput,
    ) -> Reply<FulfillmentCreatePayload> {
        fulfillment_create(ctx, input).await
    }

    /// Its pieces are in a parcel.
    #[graphql(
        guard = "gate::fulfillment_manage",
        visible = "see::fulfillment_manage"
    )]
    async fn fulfillment_pack(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was packed.")] input: FulfillmentPackInput,
    ) -> Reply<FulfillmentPackPayload> {
        fulfillment_pack(ctx, input).await
    }

    /// The parcel has left: its pieces leave the stock, and the first shipment of an order asks for
    /// its money. Needs an idempotency key.
    #[graphql(
        guard = "gate::fulfillment_manage",
        visible = "see::fulfillment_manage"
    )]
    async fn fulfillment_ship(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What has left.")] input: FulfillmentShipInput,
    ) -> Reply<FulfillmentShipPayload> {
        fulfillment_ship(ctx, input).await
    }

    /// The parcel has arrived: with the last one the order is complete, once it is paid. Needs an
    /// idempotency key.
    #[graphql(
        guard = "gate::fulfillment_manage",
        visible = "see::fulfillment_manage"
    )]
    async fn fulfillment_deliver(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What has arrived.")] input: FulfillmentDeliverInput,
    ) -> Reply<FulfillmentDeliverPayload> {
        fulfillment_deliver(ctx, input).await
    }

    /// Its pieces are not to leave together after all, and can go into another fulfillment. Needs an
    /// idempotency key.
    #[graphql(
        guard = "gate::fulfillment_manage",
        visible = "see::fulfillment_manage"
    )]
    async fn fulfillment_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is not to leave.")] input: FulfillmentCancelInput,
    ) -> Reply<FulfillmentCancelPayload> {
        fulfillment_cancel(ctx, input).await
    }
}
