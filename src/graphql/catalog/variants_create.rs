//! `productVariantsCreate`.

use async_graphql::{Context, ID, InputObject};
use futures_util::future::try_join_all;

use super::input::{ProductVariantInput, variants};
use super::types::{Product, ProductVariant};
use crate::domain::catalog::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// New variants of a product.
#[derive(InputObject)]
pub struct ProductVariantsCreateInput {
    /// Which product.
    product_id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// The variants; at most 250. Values of options that are new are added.
    variants: Vec<ProductVariantInput>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productVariantsCreate` answers.
    ProductVariantsCreatePayload {
        /// The product as it is now.
        product: Product,
        /// The new variants, in the order of the input.
        variants: Vec<ProductVariant>,
    }
}

impl ProductVariantsCreateInput {
    fn command(&self) -> Result<commands::VariantsCreate, Refused> {
        Ok(commands::VariantsCreate {
            product: parse_id(&self.product_id, "input.productId")?,
            expected_version: self.expected_version.map(i64::from),
            variants: variants(&self.variants)?,
        })
    }
}

pub(super) async fn product_variants_create(
    ctx: &Context<'_>,
    input: ProductVariantsCreateInput,
) -> Reply<ProductVariantsCreatePayload> {
    reply(create(ctx, input).await)
}

async fn create(
    ctx: &Context<'_>,
    input: ProductVariantsCreateInput,
) -> Result<ProductVariantsCreatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let product = Some(Product::by_id(ctx, done.product).await?);
    let created = done
        .variants
        .into_iter()
        .map(|id| ProductVariant::by_id(ctx, id));
    let variants = Some(try_join_all(created).await?);
    Ok(ProductVariantsCreatePayload {
        product,
        variants,
        ..Default::default()
    })
}
