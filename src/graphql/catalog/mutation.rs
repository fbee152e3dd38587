//! The verbs of the catalog: a table of contents.

use async_graphql::{Context, Object};

use super::category_create::{CategoryCreateInput, CategoryCreatePayload, category_create};
use super::category_delete::{CategoryDeleteInput, CategoryDeletePayload, category_delete};
use super::category_move::{CategoryMoveInput, CategoryMovePayload, category_move};
use super::category_update::{CategoryUpdateInput, CategoryUpdatePayload, category_update};
use super::image_remove::{
    ProductImageRemoveInput, ProductImageRemovePayload, product_image_remove,
};
use super::image_update::{
    ProductImageUpdateInput, ProductImageUpdatePayload, product_image_update,
};
use super::images_add::{ProductImagesAddInput, ProductImagesAddPayload, product_images_add};
use super::images_reorder::{
    ProductImagesReorderInput, ProductImagesReorderPayload, product_images_reorder,
};
use super::product_create::{ProductCreateInput, ProductCreatePayload, product_create};
use super::product_update::{ProductUpdateInput, ProductUpdatePayload, product_update};
use super::tax_class_create::{TaxClassCreateInput, TaxClassCreatePayload, tax_class_create};
use super::tax_class_update::{TaxClassUpdateInput, TaxClassUpdatePayload, tax_class_update};
use super::variant_update::{
    ProductVariantUpdateInput, ProductVariantUpdatePayload, product_variant_update,
};
use super::variants_create::{
    ProductVariantsCreateInput, ProductVariantsCreatePayload, product_variants_create,
};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of the catalog.
#[derive(Default)]
pub struct CatalogMutation;

#[Object]
impl CatalogMutation {
    /// Names a class of goods that are taxed alike.
    #[graphql(guard = "gate::tax_manage", visible = "see::tax_manage")]
    async fn tax_class_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new class.")] input: TaxClassCreateInput,
    ) -> Reply<TaxClassCreatePayload> {
        tax_class_create(ctx, input).await
    }

    /// Renames a tax class, or makes it the default.
    #[graphql(guard = "gate::tax_manage", visible = "see::tax_manage")]
    async fn tax_class_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: TaxClassUpdateInput,
    ) -> Reply<TaxClassUpdatePayload> {
        tax_class_update(ctx, input).await
    }

    /// Adds a category, at the top or below another.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn category_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new category.")] input: CategoryCreateInput,
    ) -> Reply<CategoryCreatePayload> {
        category_create(ctx, input).await
    }

    /// Changes name, slug, text or order of a category.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn category_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: CategoryUpdateInput,
    ) -> Reply<CategoryUpdatePayload> {
        category_update(ctx, input).await
    }

    /// Hangs a category with all below it somewhere else; never below itself.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn category_move(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where to.")] input: CategoryMoveInput,
    ) -> Reply<CategoryMovePayload> {
        category_move(ctx, input).await
    }

    /// Removes a category that has no products and no categories below it.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn category_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: CategoryDeleteInput,
    ) -> Reply<CategoryDeletePayload> {
        category_delete(ctx, input).await
    }

    /// Adds a product as a draft, with its options, variants and images.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn product_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new product.")] input: ProductCreateInput,
    ) -> Reply<ProductCreatePayload> {
        product_create(ctx, input).await
    }

    /// Changes what a product says of itself.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn product_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: ProductUpdateInput,
    ) -> Reply<ProductUpdatePayload> {
        product_update(ctx, input).await
    }

    /// Adds variants to a product.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn product_variants_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new variants.")] input: ProductVariantsCreateInput,
    ) -> Reply<ProductVariantsCreatePayload> {
        product_variants_create(ctx, input).await
    }

    /// Changes SKU, bar code, weight, shipping or order of a variant.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn product_variant_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: ProductVariantUpdateInput,
    ) -> Reply<ProductVariantUpdatePayload> {
        product_variant_update(ctx, input).await
    }

    /// Adds images behind those a product has.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn product_images_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new images.")] input: ProductImagesAddInput,
    ) -> Reply<ProductImagesAddPayload> {
        product_images_add(ctx, input).await
    }

    /// Says what an image shows, and which variant.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn product_image_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: ProductImageUpdateInput,
    ) -> Reply<ProductImageUpdatePayload> {
        product_image_update(ctx, input).await
    }

    /// Takes an image off a product.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn product_image_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which image.")] input: ProductImageRemoveInput,
    ) -> Reply<ProductImageRemovePayload> {
        product_image_remove(ctx, input).await
    }

    /// Puts the images of a product into an order; the first is its face.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn product_images_reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: ProductImagesReorderInput,
    ) -> Reply<ProductImagesReorderPayload> {
        product_images_reorder(ctx, input).await
    }
}
