//! Queries about carts.

use async_graphql::{Context, ID, Object};

use super::types::Cart;
use crate::graphql::context::parse_id;
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};

/// Queries about carts.
#[derive(Default)]
pub struct CartQuery;

#[Object]
impl CartQuery {
    /// A cart: one's own, the one whose secret is sent in `X-Cart-Token`, or any for support. Null
    /// if there is none.
    #[graphql(guard = "gate::cart_own", visible = "see::cart_own")]
    async fn cart(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id.")] id: ID,
    ) -> Option<Result<Cart, AppError>> {
        find(ctx, &id).await.transpose()
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Cart>, AppError> {
    Cart::find(ctx, parse_id(id, "id")?).await
}
