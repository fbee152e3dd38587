//! Queries about the catalog.

use async_graphql::{Context, ID, Object, OneofObject};
use entity::id::CategoryId;

use super::ahead::load_ahead;
use super::filter::{ProductFilter, ProductSort};
use super::types::{
    Category, CategoryConnection, Product, ProductConnection, ProductVariant, TaxClass,
};
use super::view::view;
use crate::domain::catalog::store;
use crate::domain::search::filter::{Filter, Sort, View, list_name};
use crate::domain::search::store as search;
use crate::graphql::connection::page_args;
use crate::graphql::context::{call, parse_id};
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::kernel::page::{Cut, Page, PageArgs};

/// Which product is meant.
#[derive(OneofObject)]
pub enum ProductBy {
    /// By global id.
    Id(ID),
    /// By its name in an address.
    Slug(String),
    /// By the number of one of its variants.
    Sku(String),
    /// By its id in the system it came from.
    ExternalId(String),
}

/// Which variant is meant.
#[derive(OneofObject)]
pub enum ProductVariantBy {
    /// By global id.
    Id(ID),
    /// By its number.
    Sku(String),
}

/// Which category is meant.
#[derive(OneofObject)]
pub enum CategoryBy {
    /// By global id.
    Id(ID),
    /// By its name in an address.
    Slug(String),
}

/// Queries whose answers may be kept for all who ask the same: they go by channel and role only.
pub const KEPT: &[&str] = &[
    "product",
    "productVariant",
    "products",
    "category",
    "categories",
];

/// Queries about the catalog.
#[derive(Default)]
pub struct CatalogQuery;

#[Object]
impl CatalogQuery {
    /// A product. Null if there is none, or the channel in use does not sell it.
    async fn product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: ProductBy,
    ) -> Option<Result<Product, AppError>> {
        product(ctx, by).await.transpose()
    }

    /// A variant. Null if there is none, or the channel in use does not sell its product.
    async fn product_variant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: ProductVariantBy,
    ) -> Option<Result<ProductVariant, AppError>> {
        variant(ctx, by).await.transpose()
    }

    /// The products that the channel in use sells; for staff, all of them.
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What they must be.")] filter: Option<ProductFilter>,
        #[graphql(desc = "In which order.", default)] sort: ProductSort,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<ProductConnection, AppError> {
        let filter = match filter {
            Some(filter) => filter.parse(ctx)?,
            None => Filter::default(),
        };
        let (view, sort) = (view(ctx)?, Sort::from(sort));
        let page = list(ctx, &filter, sort, &page_args(first, after, last, before))?;
        let read = &call(ctx)?.read;
        let cut = search::page(read, view, &filter, sort, &page).await?;
        let ids: Vec<_> = cut.rows.iter().map(|hit| hit.product.id).collect();
        load_ahead(ctx, view, &ids).await?;
        let total = match ctx.look_ahead().field("totalCount").exists() {
            true => Some(search::count(read, view, &filter, sort).await?),
            false => None,
        };
        Ok(hits(view, sort, &page, cut, total))
    }

    /// A category. Null if there is none.
    async fn category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: CategoryBy,
    ) -> Option<Result<Category, AppError>> {
        category(ctx, by).await.transpose()
    }

    /// The categories right below one, or those at the top, in their order.
    async fn categories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The category above; without it, those at the top.")] parent_id: Option<
            ID,
        >,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<CategoryConnection, AppError> {
        let parent: Option<CategoryId> = parent_id
            .as_ref()
            .map(|id| parse_id(id, "parentId"))
            .transpose()?;
        let name = format!("categories:{parent:?}");
        let page = Page::new(&name, &page_args(first, after, last, before))?;
        let read = &call(ctx)?.read;
        let cut = store::categories::page(read, parent, &page).await?;
        let total = match ctx.look_ahead().field("totalCount").exists() {
            true => Some(count(store::categories::count(read, parent).await?)),
            false => None,
        };
        let key = store::categories::key;
        Ok(CategoryConnection::of(&page, cut, key, Category, total))
    }

    /// All tax classes, by code; at most 100.
    #[graphql(guard = "gate::catalog_read", visible = "see::catalog_read")]
    async fn tax_classes(&self, ctx: &Context<'_>) -> Result<Vec<TaxClass>, AppError> {
        let rows = store::tax_classes::all(&call(ctx)?.read).await?;
        Ok(rows.into_iter().map(TaxClass).collect())
    }
}

/// The page of a list of products.
pub(super) fn list(
    ctx: &Context<'_>,
    filter: &Filter,
    sort: Sort,
    args: &PageArgs,
) -> Result<Page, AppError> {
    Ok(Page::new(&list_name(view(ctx)?, filter, sort), args)?)
}

/// A page of products as the API gives it.
pub(super) fn hits(
    view: View,
    sort: Sort,
    page: &Page,
    cut: Cut<search::Hit>,
    total: Option<u64>,
) -> ProductConnection {
    ProductConnection::of(
        page,
        cut,
        |hit| search::key(view, sort, hit),
        |hit| Product(hit.product),
        total.map(count),
    )
}

async fn product(ctx: &Context<'_>, by: ProductBy) -> Result<Option<Product>, AppError> {
    let by = match by {
        ProductBy::Id(id) => return Product::find(ctx, parse_id(&id, "by.id")?).await,
        ProductBy::Slug(slug) => search::By::Slug(slug),
        ProductBy::Sku(sku) => search::By::Sku(sku),
        ProductBy::ExternalId(id) => search::By::ExternalId(id),
    };
    let found = search::find(&call(ctx)?.read, view(ctx)?, &by).await?;
    Ok(found.map(Product))
}

async fn variant(
    ctx: &Context<'_>,
    by: ProductVariantBy,
) -> Result<Option<ProductVariant>, AppError> {
    match by {
        ProductVariantBy::Id(id) => ProductVariant::find(ctx, parse_id(&id, "by.id")?).await,
        ProductVariantBy::Sku(sku) => {
            let read = &call(ctx)?.read;
            let mut rows = store::variants::by_skus(read, &[sku.as_str()]).await?;
            match rows.remove(&sku) {
                Some(row) => ProductVariant::seen(ctx, row).await,
                None => Ok(None),
            }
        }
    }
}

async fn category(ctx: &Context<'_>, by: CategoryBy) -> Result<Option<Category>, AppError> {
    match by {
        CategoryBy::Id(id) => Category::find(ctx, parse_id(&id, "by.id")?).await,
        CategoryBy::Slug(slug) => {
            let row = store::categories::by_slug(&call(ctx)?.read, &slug).await?;
            Ok(row.map(Category))
        }
    }
}

fn count(rows: u64) -> i32 {
    i32::try_from(rows).unwrap_or(i32::MAX)
}
