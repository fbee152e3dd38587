//! Subscriptions to carts.

use std::future::ready;

use async_graphql::{Context, ID, Subscription};
use entity::id::CartId;
use futures_util::{Stream, stream};

use super::types::Cart;
use crate::graphql::context::parse_id;
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::graphql::subscribe::watch;
use crate::kernel::error::Refused;

/// Subscriptions to carts.
#[derive(Default)]
pub struct CartSubscription;

#[Subscription]
impl CartSubscription {
    /// A cart: as it is now, and again whenever it has changed or its order has been placed; prices
    /// and stock are those of that moment, but their changes alone are not told. Ends when the
    /// caller's token or session ends, their account is disabled or the cart is somebody else's;
    /// NOT_FOUND if there is no such cart or the caller may not see it. A guest sends its secret in
    /// `X-Cart-Token`.
    #[graphql(guard = "gate::cart_own", visible = "see::cart_own")]
    async fn cart_updated(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id.")] id: ID,
    ) -> Result<impl Stream<Item = Cart> + use<>, AppError> {
        let id: CartId = parse_id(&id, "id")?;
        watch(ctx, id.uuid())?;
        let found = Cart::find(ctx, id).await?;
        let cart = found.ok_or_else(|| Refused::not_found("id", "cart"))?;
        Ok(stream::once(ready(cart)))
    }
}
