//! Queries about fulfillments.

use async_graphql::{Context, ID, Object};

use super::types::{Fulfillment, FulfillmentConnection, FulfillmentState};
use crate::domain::fulfillment::store::{self, Work};
use crate::graphql::connection::page_args;
use crate::graphql::context::{call, parse_id};
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::kernel::page::Page;

/// Queries about fulfillments.
#[derive(Default)]
pub struct FulfillmentQuery;

#[Object]
impl FulfillmentQuery {
    /// A fulfillment; null if there is none, or the caller may not see its order.
    async fn fulfillment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id.")] id: ID,
    ) -> Option<Result<Fulfillment, AppError>> {
        find(ctx, &id).await.transpose()
    }

    /// The work of the warehouse: fulfillments, the oldest first.
    #[graphql(
        guard = "gate::fulfillment_manage",
        visible = "see::fulfillment_manage"
    )]
    async fn fulfillments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those in this state.")] state: Option<FulfillmentState>,
        #[graphql(desc = "Only those that leave from this location.")] location_id: Option<ID>,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<FulfillmentConnection, AppError> {
        let location = location_id.as_ref();
        let work = Work {
            state: state.map(FulfillmentState::into),
            location: location.map(|id| parse_id(id, "locationId")).transpose()?,
        };
        let list = format!("fulfillments:{work:?}");
        let page = Page::new(&list, &page_args(first, after, last, before))?;
        let cut = store::page(&call(ctx)?.read, work, &page).await?;
        Ok(FulfillmentConnection::of(
            &page,
            cut,
            |row| vec![row.id.to_string()],
            Fulfillment,
            None,
        ))
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Fulfillment>, AppError> {
    Fulfillment::find(ctx, parse_id(id, "id")?).await
}
