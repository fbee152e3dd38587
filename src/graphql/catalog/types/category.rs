//! `Category`: its place in the tree, and its products.

use async_graphql::{Context, ID, Object};
use entity::categories;
use entity::id::CategoryId;
use futures_util::future::try_join_all;

use super::product::ProductConnection;
use crate::domain::search::filter::Filter;
use crate::graphql::catalog::filter::ProductSort;
use crate::graphql::catalog::loaders::{CategoryById, ChildrenOf, CountIn, ProductsIn, WayOf};
use crate::graphql::catalog::query::{hits, list};
use crate::graphql::catalog::view::view;
use crate::graphql::connection::{connection, page_args};
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::graphql::loader::{fetch, load};
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;

/// A category of the catalog's tree.
#[derive(Clone, Debug)]
pub struct Category(pub categories::Model);

impl Category {
    /// The category with that id.
    pub async fn find(ctx: &Context<'_>, id: CategoryId) -> Result<Option<Self>, AppError> {
        Ok(load(ctx, CategoryById(id)).await?.map(Self))
    }

    /// The category of a row that names it.
    pub async fn by_id(ctx: &Context<'_>, id: CategoryId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "categories",
            column: "id",
            id: id.to_string(),
        };
        Ok(Self(
            fetch(ctx, CategoryById(id)).await?.ok_or_else(missing)?,
        ))
    }

    /// The way from the top down to this category, itself included.
    async fn way(&self, ctx: &Context<'_>) -> Result<Vec<Self>, AppError> {
        let way = load(ctx, WayOf(self.0.id)).await?.unwrap_or_default();
        let steps = way.into_iter().rev().map(|id| Self::by_id(ctx, id));
        Ok(try_join_all(steps).await?)
    }
}

/// A category of the catalog's tree.
#[Object]
impl Category {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Its name in an address; unique.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// What people call it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What is in it: plain text.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Order among its siblings.
    async fn position(&self) -> i32 {
        int(self.0.position)
    }

    /// Steps from the top, where it is 0.
    async fn depth(&self) -> i32 {
        int(self.0.depth)
    }

    /// The category above; null at the top.
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<Category, AppError>> {
        let parent = self.0.parent_id?;
        Some(Category::by_id(ctx, parent).await.map_err(AppError::from))
    }

    /// The categories right below, in their order.
    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<Category>, AppError> {
        let rows = load(ctx, ChildrenOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Category).collect())
    }

    /// The categories above it, from the top down; empty at the top.
    async fn ancestors(&self, ctx: &Context<'_>) -> Result<Vec<Category>, AppError> {
        let mut way = self.way(ctx).await?;
        way.pop();
        Ok(way)
    }

    /// The way from the top to this category, itself last: what a page shows above its title.
    async fn breadcrumbs(&self, ctx: &Context<'_>) -> Result<Vec<Category>, AppError> {
        self.way(ctx).await
    }

    /// The products in this category and those below it.
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which order.", default)] sort: ProductSort,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<ProductConnection, AppError> {
        let category = self.0.id;
        let filter = Filter {
            category: Some(category),
            ..Filter::default()
        };
        let args = page_args(first, after, last, before);
        let (view, page) = (view(ctx)?, list(ctx, &filter, sort.into(), &args)?);
        let counted = ctx.look_ahead().field("totalCount").exists();
        let key = ProductsIn {
            view,
            sort: sort.into(),
            page: page.clone(),
            category,
        };
        let rows = load(ctx, key).await?.unwrap_or_default();
        let total = match counted {
            true => Some(load(ctx, CountIn(view, category)).await?.unwrap_or(0)),
            false => None,
        };
        Ok(hits(view, sort.into(), &page, page.cut(rows), total))
    }

    /// Counts changes; give it as `expectedVersion`.
    #[graphql(guard = "gate::catalog_read", visible = "see::catalog_read")]
    async fn version(&self) -> i32 {
        int(self.0.version)
    }
}

connection! {
    /// A page of categories.
    CategoryConnection, CategoryEdge, Category
}
