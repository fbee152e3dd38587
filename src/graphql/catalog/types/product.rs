//! `Product`, its options and images.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::id::{ProductId, VariantId};
use entity::{product_images, products, variants};
use futures_util::future::try_join_all;

use super::category::Category;
use super::lifecycle::ProductState;
use super::price::{PriceRange, StockAvailability, money};
use super::tax_class::TaxClass;
use super::variant::ProductVariant;
use crate::domain::catalog::state::MACHINE;
use crate::domain::search::shelf::{Shelf, shelf};
use crate::graphql::catalog::loaders::{
    AvailabilityOf, FactsOf, ImagesOf, ListingIn, OptionsOf, ProductById, Seen, VariantsOf,
};
use crate::graphql::catalog::view::view;
use crate::graphql::connection::connection;
use crate::graphql::context::call;
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::graphql::loader::{fetch, load};
use crate::graphql::scalar::DateTime;
use crate::graphql::transition::AvailableTransition;
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;

/// What is shown and described; what one buys are its variants.
#[derive(Clone, Debug)]
pub struct Product(pub products::Model);

impl Product {
    /// The product with that id, if the caller may see it.
    pub async fn find(ctx: &Context<'_>, id: ProductId) -> Result<Option<Self>, AppError> {
        Ok(load(ctx, Seen(view(ctx)?, id)).await?.map(Self))
    }

    /// The product of a row that names it.
    pub async fn by_id(ctx: &Context<'_>, id: ProductId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "products",
            column: "id",
            id: id.to_string(),
        };
        Ok(Self(
            fetch(ctx, ProductById(id)).await?.ok_or_else(missing)?,
        ))
    }

    /// The variants that the caller may see.
    async fn seen_variants(&self, ctx: &Context<'_>) -> Result<Vec<variants::Model>, AppError> {
        let mut rows = load(ctx, VariantsOf(self.0.id)).await?.unwrap_or_default();
        if !see::catalog_read(ctx) {
            rows.retain(|row| row.active);
        }
        Ok(rows)
    }

    /// The best that stands on the shelf of its active variants.
    async fn best(&self, ctx: &Context<'_>) -> Result<Shelf, AppError> {
        let rows = load(ctx, VariantsOf(self.0.id)).await?.unwrap_or_default();
        let active = rows.iter().filter(|row| row.active);
        let found = try_join_all(active.map(|row| load(ctx, AvailabilityOf(row.id)))).await?;
        Ok(found
            .into_iter()
            .flatten()
            .map(shelf)
            .max()
            .unwrap_or(Shelf::Out))
    }
}

/// What is shown and described; what one buys are its variants.
#[Object]
impl Product {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Its name in an address; unique.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// What people call it.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What it is: HTML that is safe to show.
    async fn description_html(&self) -> &str {
        &self.0.description_html
    }

    /// Who makes it.
    async fn vendor(&self) -> Option<&str> {
        Some(self.0.vendor.as_str()).filter(|vendor| !vendor.is_empty())
    }

    /// The merchant's own sort.
    async fn product_type(&self) -> Option<&str> {
        Some(self.0.product_type.as_str()).filter(|kind| !kind.is_empty())
    }

    /// Where it stands in the tree.
    async fn category(&self, ctx: &Context<'_>) -> Option<Result<Category, AppError>> {
        let category = self.0.category_id?;
        Some(Category::by_id(ctx, category).await.map_err(AppError::from))
    }

    /// What its variants differ in; empty where it has only one.
    async fn options(&self, ctx: &Context<'_>) -> Result<Vec<ProductOption>, AppError> {
        let rows = load(ctx, OptionsOf(self.0.id)).await?.unwrap_or_default();
        let option = |row: crate::domain::catalog::store::children::OptionRow| ProductOption {
            id: row.id.to_string().into(),
            name: row.name,
            values: row.values.into_iter().map(|(_, value)| value).collect(),
        };
        Ok(rows.into_iter().map(option).collect())
    }

    /// What one buys, in its order; at most 250. Inactive ones are for staff only.
    async fn variants(&self, ctx: &Context<'_>) -> Result<Vec<ProductVariant>, AppError> {
        let rows = self.seen_variants(ctx).await?;
        Ok(rows.into_iter().map(ProductVariant).collect())
    }

    /// Its images in their order; at most 250.
    async fn images(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250.", default = 250)] first: i32,
    ) -> Result<Vec<ProductImage>, AppError> {
        let rows = load(ctx, ImagesOf(self.0.id)).await?.unwrap_or_default();
        let first = usize::try_from(first.clamp(1, 250)).unwrap_or(250);
        Ok(rows.into_iter().take(first).map(ProductImage).collect())
    }

    /// Its first image.
    async fn featured_image(&self, ctx: &Context<'_>) -> Option<Result<ProductImage, AppError>> {
        let rows = load(ctx, ImagesOf(self.0.id)).await;
        rows.map(|rows| rows?.into_iter().next().map(ProductImage))
            .transpose()
    }

    /// What it costs in the channel in use, from the cheapest active variant to the dearest; null
    /// where the channel does not sell it.
    async fn price_range(&self, ctx: &Context<'_>) -> Option<Result<PriceRange, AppError>> {
        price_range(ctx, &self.0).await.transpose()
    }

    /// Whether an active variant can be bought now.
    async fn in_stock(&self, ctx: &Context<'_>) -> Result<bool, AppError> {
        Ok(self.best(ctx).await? != Shelf::Out)
    }

    /// How much there is of the variant that there is most of, in words.
    async fn availability(&self, ctx: &Context<'_>) -> Result<StockAvailability, AppError> {
        Ok(self.best(ctx).await?.into())
    }

    /// When it was first on sale.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime)
    }

    /// Its id in the system it came from.
    #[graphql(guard = "gate::catalog_read", visible = "see::catalog_read")]
    async fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// How it is taxed.
    #[graphql(guard = "gate::catalog_read", visible = "see::catalog_read")]
    async fn tax_class(&self, ctx: &Context<'_>) -> Result<TaxClass, AppError> {
        Ok(TaxClass::by_id(ctx, self.0.tax_class_id).await?)
    }

    /// Where it is in its life.
    #[graphql(guard = "gate::catalog_read", visible = "see::catalog_read")]
    async fn state(&self) -> ProductState {
        self.0.state.into()
    }

    /// The steps in its life that the caller may take, each with what blocks it now.
    #[graphql(guard = "gate::catalog_read", visible = "see::catalog_read")]
    async fn available_transitions(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Vec<AvailableTransition>, AppError> {
        let facts = load(ctx, FactsOf(self.0.id)).await?.unwrap_or_default();
        let role = call(ctx)?.role();
        let available = MACHINE.available(self.0.state, role, &facts);
        Ok(available
            .into_iter()
            .map(AvailableTransition::from)
            .collect())
    }

    /// Counts changes; give it as `expectedVersion`.
    #[graphql(guard = "gate::catalog_read", visible = "see::catalog_read")]
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was created.
    #[graphql(guard = "gate::catalog_read", visible = "see::catalog_read")]
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it changed last.
    #[graphql(guard = "gate::catalog_read", visible = "see::catalog_read")]
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}

async fn price_range(
    ctx: &Context<'_>,
    product: &products::Model,
) -> Result<Option<PriceRange>, AppError> {
    let Some(channel) = view(ctx)?.channel else {
        return Ok(None);
    };
    let Some(row) = load(ctx, ListingIn(channel, product.id)).await? else {
        return Ok(None);
    };
    let of = |minor| money(minor, &row.currency, "product_listings", &row.product_id);
    Ok(Some(PriceRange {
        min: of(row.price_from_minor)?,
        max: of(row.price_to_minor)?,
    }))
}

connection! {
    /// A page of products.
    ProductConnection, ProductEdge, Product
}

/// What the variants of a product differ in.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProductOption {
    /// Global id.
    pub id: ID,
    /// Such as "Size".
    pub name: String,
    /// Its values in their order, such as "S", "M", "L"; at most 250.
    pub values: Vec<String>,
}

/// A picture of a product.
#[derive(Clone, Debug)]
pub struct ProductImage(pub product_images::Model);

/// A picture of a product.
#[Object]
impl ProductImage {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Where it is.
    async fn url(&self) -> &str {
        &self.0.url
    }

    /// What it shows, for those who do not see it; may be empty.
    async fn alt(&self) -> &str {
        &self.0.alt
    }

    /// Order within the product, from 1.
    async fn position(&self) -> i32 {
        int(self.0.position)
    }

    /// The variant it shows, if it shows one in particular.
    async fn variant(&self, ctx: &Context<'_>) -> Option<Result<ProductVariant, AppError>> {
        let variant: VariantId = self.0.variant_id?;
        Some(
            ProductVariant::by_id(ctx, variant)
                .await
                .map_err(AppError::from),
        )
    }
}
