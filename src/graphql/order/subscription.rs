//! Subscriptions to orders.

use std::future::ready;

use async_graphql::{Context, ID, Subscription};
use entity::id::OrderId;
use futures_util::{Stream, stream};

use super::types::Order;
use crate::graphql::context::parse_id;
use crate::graphql::error::AppError;
use crate::graphql::subscribe::watch;
use crate::kernel::error::Refused;

/// Subscriptions to orders.
#[derive(Default)]
pub struct OrderSubscription;

#[Subscription]
impl OrderSubscription {
    /// An order: as it is now, and again whenever it, one of its payments or one of its fulfillments
    /// has changed in what was asked for. Ends when the caller's token or session ends or their
    /// account is disabled; NOT_FOUND if there is no such order or the caller may not see it. A guest
    /// sends its secret in `X-Order-Token`.
    async fn order_updated(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id.")] id: ID,
    ) -> Result<impl Stream<Item = Order> + use<>, AppError> {
        let id: OrderId = parse_id(&id, "id")?;
        watch(ctx, id.uuid())?;
        let found = Order::find(ctx, id).await?;
        let order = found.ok_or_else(|| Refused::not_found("id", "order"))?;
        Ok(stream::once(ready(order)))
    }
}
