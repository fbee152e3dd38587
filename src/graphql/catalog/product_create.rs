//! `productCreate`.

use async_graphql::{Context, ID, InputObject};

use super::input::{
    ProductImageInput, ProductOptionInput, ProductVariantInput, given, given_id, html, images,
    options, title, variants,
};
use super::types::Product;
use crate::domain::catalog::commands;
use crate::graphql::context::execute;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::{Reference, Slug, Title};

/// A new product: a draft until it is published.
#[derive(InputObject)]
pub struct ProductCreateInput {
    /// What people call it.
    title: String,
    /// Its name in an address; made from the title where none is given.
    slug: Option<String>,
    /// Its id in another system.
    external_id: Option<String>,
    /// What it is: HTML; what could run is dropped. At most 256 KiB.
    #[graphql(default)]
    description_html: String,
    /// Who makes it.
    vendor: Option<String>,
    /// The merchant's own sort.
    product_type: Option<String>,
    /// Where it stands in the tree.
    category_id: Option<ID>,
    /// How it is taxed; the default class where none is given.
    tax_class_id: Option<ID>,
    /// What its variants differ in; at most 5.
    #[graphql(default)]
    options: Vec<ProductOptionInput>,
    /// What one buys; at most 250. Without options, one at most.
    #[graphql(default)]
    variants: Vec<ProductVariantInput>,
    /// Its images in their order; at most 250.
    #[graphql(default)]
    images: Vec<ProductImageInput>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productCreate` answers.
    ProductCreatePayload {
        /// The new product.
        product: Product,
    }
}

impl ProductCreateInput {
    fn command(&self) -> Result<commands::ProductCreate, Refused> {
        Ok(commands::ProductCreate {
            title: title("input.title", &self.title)?,
            slug: given("input.slug", self.slug.as_ref(), Slug::parse)?,
            external_id: given(
                "input.externalId",
                self.external_id.as_ref(),
                Reference::parse,
            )?,
            description: html("input.descriptionHtml", &self.description_html)?,
            vendor: given("input.vendor", self.vendor.as_ref(), Title::parse)?,
            product_type: given(
                "input.productType",
                self.product_type.as_ref(),
                Title::parse,
            )?,
            category: given_id("input.categoryId", self.category_id.as_ref())?,
            tax_class: given_id("input.taxClassId", self.tax_class_id.as_ref())?,
            options: options(&self.options)?,
            variants: variants(&self.variants)?,
            images: images(&self.images)?,
        })
    }
}

pub(super) async fn product_create(
    ctx: &Context<'_>,
    input: ProductCreateInput,
) -> Reply<ProductCreatePayload> {
    reply(create(ctx, input).await)
}

async fn create(
    ctx: &Context<'_>,
    input: ProductCreateInput,
) -> Result<ProductCreatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let product = Some(Product::by_id(ctx, done.product).await?);
    Ok(ProductCreatePayload {
        product,
        ..Default::default()
    })
}
