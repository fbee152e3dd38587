//! `productUpdate`.

use async_graphql::{Context, ID, InputObject, MaybeUndefined};

use super::input::{change, change_id, given, given_id, html};
use super::types::Product;
use crate::domain::catalog::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::{Reference, Slug, Title};

/// Changes of a product; what is left out stays, null removes.
#[derive(InputObject)]
pub struct ProductUpdateInput {
    /// Which product.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// What people call it.
    title: Option<String>,
    /// Its name in an address.
    slug: Option<String>,
    /// Its id in another system.
    external_id: MaybeUndefined<String>,
    /// What it is: HTML; what could run is dropped. At most 256 KiB.
    description_html: Option<String>,
    /// Who makes it.
    vendor: MaybeUndefined<String>,
    /// The merchant's own sort.
    product_type: MaybeUndefined<String>,
    /// Where it stands in the tree.
    category_id: MaybeUndefined<ID>,
    /// How it is taxed.
    tax_class_id: Option<ID>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productUpdate` answers.
    ProductUpdatePayload {
        /// The product as it is now.
        product: Product,
    }
}

impl ProductUpdateInput {
    fn command(&self) -> Result<commands::ProductUpdate, Refused> {
        Ok(commands::ProductUpdate {
            product: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            title: given("input.title", self.title.as_ref(), Title::parse)?,
            slug: given("input.slug", self.slug.as_ref(), Slug::parse)?,
            external_id: change("input.externalId", &self.external_id, Reference::parse)?,
            description: self
                .description_html
                .as_ref()
                .map(|text| html("input.descriptionHtml", text))
                .transpose()?,
            vendor: change("input.vendor", &self.vendor, Title::parse)?,
            product_type: change("input.productType", &self.product_type, Title::parse)?,
            category: change_id("input.categoryId", &self.category_id)?,
            tax_class: given_id("input.taxClassId", self.tax_class_id.as_ref())?,
        })
    }
}

pub(super) async fn product_update(
    ctx: &Context<'_>,
    input: ProductUpdateInput,
) -> Reply<ProductUpdatePayload> {
    reply(update(ctx, input).await)
}

async fn update(
    ctx: &Context<'_>,
    input: ProductUpdateInput,
) -> Result<ProductUpdatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let product = Some(Product::by_id(ctx, done.product).await?);
    Ok(ProductUpdatePayload {
        product,
        ..Default::default()
    })
}
