//! The verbs of orders: a table of contents.

use async_graphql::{Context, Object};

use super::cancel::{OrderCancelInput, OrderCancelPayload, order_cancel};
use super::confirm::{OrderConfirmInput, OrderConfirmPayload, order_confirm};
use super::hold::{OrderHoldInput, OrderHoldPayload, order_hold};
use super::release::{OrderReleaseInput, OrderReleasePayload, order_release};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of orders.
#[derive(Default)]
pub struct OrderMutation;

#[Object]
impl OrderMutation {
    /// Calls an order off: its stock is given back, its money voided or refunded. Possible until
    /// fulfillment starts.
    #[graphql(guard = "gate::order_cancel", visible = "see::order_cancel")]
    async fn order_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order, and why.")] input: OrderCancelInput,
    ) -> Reply<OrderCancelPayload> {
        order_cancel(ctx, input).await
    }

    /// Holds a confirmed order back: nothing is sent until it is released.
    #[graphql(guard = "gate::order_hold", visible = "see::order_hold")]
    async fn order_hold(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order, and why.")] input: OrderHoldInput,
    ) -> Reply<OrderHoldPayload> {
        order_hold(ctx, input).await
    }

    /// Lets an order that is on hold go on.
    #[graphql(guard = "gate::order_hold", visible = "see::order_hold")]
    async fn order_release(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order, and what was found.")] input: OrderReleaseInput,
    ) -> Reply<OrderReleasePayload> {
        order_release(ctx, input).await
    }

    /// Approves the terms of an order on invoice: it is confirmed and its stock allocated.
    #[graphql(guard = "gate::order_confirm", visible = "see::order_confirm")]
    async fn order_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order.")] input: OrderConfirmInput,
    ) -> Reply<OrderConfirmPayload> {
        order_confirm(ctx, input).await
    }
}
