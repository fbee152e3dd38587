//! `productImageRemove`.

use async_graphql::{Context, ID, InputObject};

use super::types::Product;
use crate::domain::catalog::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// An image to be removed.
#[derive(InputObject)]
pub struct ProductImageRemoveInput {
    /// Which image.
    id: ID,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productImageRemove` answers.
    ProductImageRemovePayload {
        /// The product with the images it still has.
        product: Product,
    }
}

impl ProductImageRemoveInput {
    fn command(&self) -> Result<commands::ImageRemove, Refused> {
        Ok(commands::ImageRemove {
            image: parse_id(&self.id, "input.id")?,
        })
    }
}

pub(super) async fn product_image_remove(
    ctx: &Context<'_>,
    input: ProductImageRemoveInput,
) -> Reply<ProductImageRemovePayload> {
    reply(remove(ctx, input).await)
}

async fn remove(
    ctx: &Context<'_>,
    input: ProductImageRemoveInput,
) -> Result<ProductImageRemovePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let product = Some(Product::by_id(ctx, done.product).await?);
    Ok(ProductImageRemovePayload {
        product,
        ..Default::default()
    })
}
