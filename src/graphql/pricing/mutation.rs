//! The verbs of prices and of the life of products: a table of contents.

use async_graphql::{Context, Object};

use super::archive::{ProductArchiveInput, ProductArchivePayload, product_archive};
use super::discontinue::{ProductDiscontinueInput, ProductDiscontinuePayload, product_discontinue};
use super::prices_remove::{PricesRemoveInput, PricesRemovePayload, prices_remove};
use super::prices_set::{PricesSetInput, PricesSetPayload, prices_set};
use super::publish::{ProductPublishInput, ProductPublishPayload, product_publish};
use super::reject::{ProductRejectInput, ProductRejectPayload, product_reject};
use super::restore::{ProductRestoreInput, ProductRestorePayload, product_restore};
use super::resume::{ProductResumeInput, ProductResumePayload, product_resume};
use super::submit::{ProductSubmitInput, ProductSubmitPayload, product_submit};
use super::suspend::{ProductSuspendInput, ProductSuspendPayload, product_suspend};
use super::variant_activate::{
    ProductVariantActivateInput, ProductVariantActivatePayload, product_variant_activate,
};
use super::variant_deactivate::{
    ProductVariantDeactivateInput, ProductVariantDeactivatePayload, product_variant_deactivate,
};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of prices and of the life of products.
#[derive(Default)]
pub struct PricingMutation;

#[Object]
impl PricingMutation {
    /// Says what variants cost in channels, from now on.
    #[graphql(guard = "gate::price_manage", visible = "see::price_manage")]
    async fn prices_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The prices.")] input: PricesSetInput,
    ) -> Reply<PricesSetPayload> {
        prices_set(ctx, input).await
    }

    /// Ends the sale of variants in channels.
    #[graphql(guard = "gate::price_manage", visible = "see::price_manage")]
    async fn prices_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which prices.")] input: PricesRemoveInput,
    ) -> Reply<PricesRemovePayload> {
        prices_remove(ctx, input).await
    }

    /// Hands a draft to whoever publishes.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn product_submit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductSubmitInput,
    ) -> Reply<ProductSubmitPayload> {
        product_submit(ctx, input).await
    }

    /// Gives a submitted product back to be worked on.
    #[graphql(guard = "gate::product_publish", visible = "see::product_publish")]
    async fn product_reject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product, and why.")] input: ProductRejectInput,
    ) -> Reply<ProductRejectPayload> {
        product_reject(ctx, input).await
    }

    /// Puts a product on sale. Blocked until it has an active variant with a price in some channel.
    #[graphql(guard = "gate::product_publish", visible = "see::product_publish")]
    async fn product_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductPublishInput,
    ) -> Reply<ProductPublishPayload> {
        product_publish(ctx, input).await
    }

    /// Takes a product off sale for a while.
    #[graphql(guard = "gate::product_publish", visible = "see::product_publish")]
    async fn product_suspend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product, and why.")] input: ProductSuspendInput,
    ) -> Reply<ProductSuspendPayload> {
        product_suspend(ctx, input).await
    }

    /// Puts a suspended product back on sale.
    #[graphql(guard = "gate::product_publish", visible = "see::product_publish")]
    async fn product_resume(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductResumeInput,
    ) -> Reply<ProductResumePayload> {
        product_resume(ctx, input).await
    }

    /// Lets a product sell out: it can be bought, and is not listed any more.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn product_discontinue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductDiscontinueInput,
    ) -> Reply<ProductDiscontinuePayload> {
        product_discontinue(ctx, input).await
    }

    /// Puts a product away. Blocked while orders hold stock of it.
    #[graphql(guard = "gate::product_publish", visible = "see::product_publish")]
    async fn product_archive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductArchiveInput,
    ) -> Reply<ProductArchivePayload> {
        product_archive(ctx, input).await
    }

    /// Makes an archived product a draft again.
    #[graphql(guard = "gate::product_publish", visible = "see::product_publish")]
    async fn product_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product.")] input: ProductRestoreInput,
    ) -> Reply<ProductRestorePayload> {
        product_restore(ctx, input).await
    }

    /// Puts a variant on sale.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn product_variant_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which variant.")] input: ProductVariantActivateInput,
    ) -> Reply<ProductVariantActivatePayload> {
        product_variant_activate(ctx, input).await
    }

    /// Takes a variant off sale; orders keep it. Refused for the last active variant of a product on sale.
    #[graphql(guard = "gate::catalog_manage", visible = "see::catalog_manage")]
    async fn product_variant_deactivate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which variant.")] input: ProductVariantDeactivateInput,
    ) -> Reply<ProductVariantDeactivatePayload> {
        product_variant_deactivate(ctx, input).await
    }
}
