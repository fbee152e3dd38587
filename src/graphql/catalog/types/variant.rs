//! `ProductVariant`.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::id::VariantId;
use entity::{prices, product_images, variants};

use super::price::{StockAvailability, VariantPrice, amount, compare_at};
use super::product::{Product, ProductImage};
use crate::domain::search::shelf::{Shelf, shelf};
use crate::graphql::catalog::loaders::{
    AvailabilityOf, ChosenOf, ImagesOf, LevelsOf, PriceIn, PricesOf, VariantById,
};
use crate::graphql::catalog::view::view;
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::graphql::inventory::StockLevel;
use crate::graphql::loader::{fetch, load};
use crate::graphql::money::Money;
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;

/// What one buys: a product in one combination of its options.
#[derive(Clone, Debug)]
pub struct ProductVariant(pub variants::Model);

impl ProductVariant {
    /// The variant with that id, if the caller may see it.
    pub async fn find(ctx: &Context<'_>, id: VariantId) -> Result<Option<Self>, AppError> {
        let Some(row) = load(ctx, VariantById(id)).await? else {
            return Ok(None);
        };
        Self::seen(ctx, row).await
    }

    /// The variant, if the caller may see it.
    pub async fn seen(ctx: &Context<'_>, row: variants::Model) -> Result<Option<Self>, AppError> {
        let shown = row.active || see::catalog_read(ctx);
        let product = Product::find(ctx, row.product_id).await?;
        Ok(product.filter(|_| shown).map(|_| Self(row)))
    }

    /// The variant of a row that names it.
    pub async fn by_id(ctx: &Context<'_>, id: VariantId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "variants",
            column: "id",
            id: id.to_string(),
        };
        Ok(Self(
            fetch(ctx, VariantById(id)).await?.ok_or_else(missing)?,
        ))
    }

    async fn in_channel(&self, ctx: &Context<'_>) -> Result<Option<prices::Model>, AppError> {
        match view(ctx)?.channel {
            Some(channel) => Ok(load(ctx, PriceIn(channel, self.0.id)).await?.flatten()),
            None => Ok(None),
        }
    }

    async fn shelf(&self, ctx: &Context<'_>) -> Result<Shelf, AppError> {
        let found = load(ctx, AvailabilityOf(self.0.id)).await?;
        Ok(found.map_or(Shelf::Out, shelf))
    }
}

/// What one buys: a product in one combination of its options.
#[Object]
impl ProductVariant {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The product it is a variant of.
    async fn product(&self, ctx: &Context<'_>) -> Result<Product, AppError> {
        Ok(Product::by_id(ctx, self.0.product_id).await?)
    }

    /// The merchant's number; unique in the shop.
    async fn sku(&self) -> &str {
        &self.0.sku
    }

    /// GTIN or the like.
    async fn barcode(&self) -> Option<&str> {
        self.0.barcode.as_deref()
    }

    /// Its option values in words; "Default" for the only variant of a product.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Its value of each option of the product.
    async fn options(&self, ctx: &Context<'_>) -> Result<Vec<SelectedOption>, AppError> {
        let rows = load(ctx, ChosenOf(self.0.id)).await?.unwrap_or_default();
        let selected = |row: crate::domain::catalog::store::children::ChosenRow| SelectedOption {
            name: row.name,
            value: row.value,
        };
        Ok(rows.into_iter().map(selected).collect())
    }

    /// What it costs in the channel in use; null where the channel does not sell it.
    async fn price(&self, ctx: &Context<'_>) -> Option<Result<Money, AppError>> {
        price(ctx, self).await.transpose()
    }

    /// The higher price it is compared with, if there is one.
    async fn compare_at_price(&self, ctx: &Context<'_>) -> Option<Result<Money, AppError>> {
        compared(ctx, self).await.transpose()
    }

    /// What it weighs with its packing, in grams; null where unknown.
    async fn weight_grams(&self) -> Option<i32> {
        self.0.weight_grams.map(int)
    }

    /// Whether it has to be sent.
    async fn requires_shipping(&self) -> bool {
        self.0.requires_shipping
    }

    /// Whether it is on sale.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// Order within the product.
    async fn position(&self) -> i32 {
        int(self.0.position)
    }

    /// Its own image, else the first of the product.
    async fn image(&self, ctx: &Context<'_>) -> Option<Result<ProductImage, AppError>> {
        let rows = load(ctx, ImagesOf(self.0.product_id)).await;
        let image = |rows: Vec<product_images::Model>| {
            let own = rows.iter().find(|row| row.variant_id == Some(self.0.id));
            own.or_else(|| rows.first()).cloned().map(ProductImage)
        };
        rows.map(|rows| rows.and_then(image)).transpose()
    }

    /// How much there is of it, in words.
    async fn availability(&self, ctx: &Context<'_>) -> Result<StockAvailability, AppError> {
        Ok(self.shelf(ctx).await?.into())
    }

    /// Whether it can be bought now.
    async fn in_stock(&self, ctx: &Context<'_>) -> Result<bool, AppError> {
        Ok(self.shelf(ctx).await? != Shelf::Out)
    }

    /// Pieces that can be promised now, over all locations; null where nobody counts it.
    #[graphql(guard = "gate::stock_read", visible = "see::stock_read")]
    async fn available_quantity(&self, ctx: &Context<'_>) -> Option<Result<i32, AppError>> {
        let found = load(ctx, AvailabilityOf(self.0.id)).await;
        let counted = |found: crate::domain::inventory::availability::Availability| {
            found.tracked.then(|| int(found.available))
        };
        found.map(|found| found.and_then(counted)).transpose()
    }

    /// What lies where of it; a location that is missing has none.
    #[graphql(guard = "gate::stock_read", visible = "see::stock_read")]
    async fn stock_levels(&self, ctx: &Context<'_>) -> Result<Vec<StockLevel>, AppError> {
        let rows = load(ctx, LevelsOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(StockLevel).collect())
    }

    /// What it costs in each channel that sells it.
    #[graphql(guard = "gate::catalog_read", visible = "see::catalog_read")]
    async fn prices(&self, ctx: &Context<'_>) -> Result<Vec<VariantPrice>, AppError> {
        let rows = load(ctx, PricesOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(VariantPrice).collect())
    }

    /// Counts changes; give it as `expectedVersion`.
    #[graphql(guard = "gate::catalog_read", visible = "see::catalog_read")]
    async fn version(&self) -> i32 {
        int(self.0.version)
    }
}

/// A value that a variant has.
#[derive(Clone, Debug, SimpleObject)]
pub struct SelectedOption {
    /// The option, such as "Size".
    pub name: String,
    /// The value, such as "M".
    pub value: String,
}

async fn price(ctx: &Context<'_>, variant: &ProductVariant) -> Result<Option<Money>, AppError> {
    let row = variant.in_channel(ctx).await?;
    Ok(row.map(|row| amount(&row)).transpose()?)
}

async fn compared(ctx: &Context<'_>, variant: &ProductVariant) -> Result<Option<Money>, AppError> {
    match variant.in_channel(ctx).await? {
        Some(row) => Ok(compare_at(&row)?),
        None => Ok(None),
    }
}
