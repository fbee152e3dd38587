//! Queries about deliveries.

use async_graphql::{Context, Object};

use super::types::DeliveryMethod;
use crate::domain::shipping::store;
use crate::graphql::context::call;
use crate::graphql::error::AppError;
use crate::graphql::guard::see;

/// Queries whose answers may be kept for all who ask the same: they go by channel and role only.
pub const KEPT: &[&str] = &["deliveryMethods"];

/// Queries about deliveries.
#[derive(Default)]
pub struct ShippingQuery;

#[Object]
impl ShippingQuery {
    /// The ways to deliver that the channel in use offers, in the order of the offer; staff see
    /// those too that are not offered now. At most 100.
    async fn delivery_methods(&self, ctx: &Context<'_>) -> Result<Vec<DeliveryMethod>, AppError> {
        let call = call(ctx)?;
        let channel = call.channel()?.id;
        let rows = store::methods(&call.read, channel, see::delivery_manage(ctx)).await?;
        Ok(rows.into_iter().map(DeliveryMethod).collect())
    }
}
