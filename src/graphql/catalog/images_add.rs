//! `productImagesAdd`.

use async_graphql::{Context, ID, InputObject};

use super::input::{ProductImageInput, images};
use super::types::Product;
use crate::domain::catalog::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// New images of a product, behind those it has.
#[derive(InputObject)]
pub struct ProductImagesAddInput {
    /// Which product.
    product_id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// The images in their order; a product has at most 250.
    images: Vec<ProductImageInput>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productImagesAdd` answers.
    ProductImagesAddPayload {
        /// The product with its images.
        product: Product,
    }
}

impl ProductImagesAddInput {
    fn command(&self) -> Result<commands::ImagesAdd, Refused> {
        Ok(commands::ImagesAdd {
            product: parse_id(&self.product_id, "input.productId")?,
            expected_version: self.expected_version.map(i64::from),
            images: images(&self.images)?,
        })
    }
}

pub(super) async fn product_images_add(
    ctx: &Context<'_>,
    input: ProductImagesAddInput,
) -> Reply<ProductImagesAddPayload> {
    reply(add(ctx, input).await)
}

async fn add(
    ctx: &Context<'_>,
    input: ProductImagesAddInput,
) -> Result<ProductImagesAddPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let product = Some(Product::by_id(ctx, done.product).await?);
    Ok(ProductImagesAddPayload {
        product,
        ..Default::default()
    })
}
