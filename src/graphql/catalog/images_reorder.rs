//! `productImagesReorder`.

use async_graphql::{Context, ID, InputObject};

use super::types::Product;
use crate::domain::catalog::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::each;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// The order of the images of a product.
#[derive(InputObject)]
pub struct ProductImagesReorderInput {
    /// Which product.
    product_id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// All its images, in their new order.
    image_ids: Vec<ID>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productImagesReorder` answers.
    ProductImagesReorderPayload {
        /// The product with its images.
        product: Product,
    }
}

impl ProductImagesReorderInput {
    fn command(&self) -> Result<commands::ImagesReorder, Refused> {
        Ok(commands::ImagesReorder {
            product: parse_id(&self.product_id, "input.productId")?,
            expected_version: self.expected_version.map(i64::from),
            images: each("input.imageIds", &self.image_ids, |path, id| {
                parse_id(id, path)
            })?,
        })
    }
}

pub(super) async fn product_images_reorder(
    ctx: &Context<'_>,
    input: ProductImagesReorderInput,
) -> Reply<ProductImagesReorderPayload> {
    reply(reorder(ctx, input).await)
}

async fn reorder(
    ctx: &Context<'_>,
    input: ProductImagesReorderInput,
) -> Result<ProductImagesReorderPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let product = Some(Product::by_id(ctx, done.product).await?);
    Ok(ProductImagesReorderPayload {
        product,
        ..Default::default()
    })
}
