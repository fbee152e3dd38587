//! Queries about stock.

use async_graphql::{Context, ID, Object, OneofObject};

use super::types::{Location, LocationConnection, StockLevel, StockPolicy};
use crate::domain::inventory::store::{levels, locations};
use crate::graphql::catalog::ProductVariant;
use crate::graphql::connection::page_args;
use crate::graphql::context::{call, parse_id};
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::kernel::page::Page;

/// Which location is meant.
#[derive(OneofObject)]
pub enum LocationBy {
    /// By global id.
    Id(ID),
    /// By code.
    Code(String),
}

/// Queries about stock.
#[derive(Default)]
pub struct InventoryQuery;

#[Object]
impl InventoryQuery {
    /// A location. Null if there is none.
    #[graphql(guard = "gate::stock_read", visible = "see::stock_read")]
    async fn location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: LocationBy,
    ) -> Option<Result<Location, AppError>> {
        find(ctx, by).await.transpose()
    }

    /// All locations, by code.
    #[graphql(guard = "gate::stock_read", visible = "see::stock_read")]
    async fn locations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<LocationConnection, AppError> {
        let page = Page::new("locations", &page_args(first, after, last, before))?;
        let cut = locations::page(&call(ctx)?.read, &page).await?;
        Ok(LocationConnection::of(
            &page,
            cut,
            |row| vec![row.code.clone()],
            Location,
            None,
        ))
    }

    /// What lies where of a variant; a location that is missing has none. At most one level per
    /// location.
    #[graphql(guard = "gate::stock_read", visible = "see::stock_read")]
    async fn stock_levels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The variant.")] variant_id: ID,
    ) -> Result<Vec<StockLevel>, AppError> {
        let variant = parse_id(&variant_id, "variantId")?;
        let rows = levels::of(&call(ctx)?.read, &[variant]).await?;
        Ok(rows.into_iter().map(StockLevel).collect())
    }

    /// How a variant is counted; null if there is no such variant.
    #[graphql(guard = "gate::stock_read", visible = "see::stock_read")]
    async fn stock_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The variant.")] variant_id: ID,
    ) -> Option<Result<StockPolicy, AppError>> {
        policy(ctx, &variant_id).await.transpose()
    }
}

async fn policy(ctx: &Context<'_>, id: &ID) -> Result<Option<StockPolicy>, AppError> {
    let variant = parse_id(id, "variantId")?;
    if ProductVariant::find(ctx, variant).await?.is_none() {
        return Ok(None);
    }
    Ok(Some(StockPolicy::of(ctx, variant).await?))
}

async fn find(ctx: &Context<'_>, by: LocationBy) -> Result<Option<Location>, AppError> {
    match by {
        LocationBy::Id(id) => Location::find(ctx, parse_id(&id, "by.id")?).await,
        LocationBy::Code(code) => {
            let row = locations::by_code(&call(ctx)?.read, &code).await?;
            Ok(row.map(Location))
        }
    }
}
