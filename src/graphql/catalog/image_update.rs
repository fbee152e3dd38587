//! `productImageUpdate`.

use async_graphql::{Context, ID, InputObject, MaybeUndefined};

use super::input::{alt, change_id};
use super::types::Product;
use crate::domain::catalog::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Changes of an image; what is left out stays, null removes.
#[derive(InputObject)]
pub struct ProductImageUpdateInput {
    /// Which image.
    id: ID,
    /// What it shows, for those who do not see it.
    alt: Option<String>,
    /// The variant it shows.
    variant_id: MaybeUndefined<ID>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productImageUpdate` answers.
    ProductImageUpdatePayload {
        /// The product with its images.
        product: Product,
    }
}

impl ProductImageUpdateInput {
    fn command(&self) -> Result<commands::ImageUpdate, Refused> {
        Ok(commands::ImageUpdate {
            image: parse_id(&self.id, "input.id")?,
            alt: self
                .alt
                .as_ref()
                .map(|text| alt("input.alt", text))
                .transpose()?,
            variant: change_id("input.variantId", &self.variant_id)?,
        })
    }
}

pub(super) async fn product_image_update(
    ctx: &Context<'_>,
    input: ProductImageUpdateInput,
) -> Reply<ProductImageUpdatePayload> {
    reply(update(ctx, input).await)
}

async fn update(
    ctx: &Context<'_>,
    input: ProductImageUpdateInput,
) -> Result<ProductImageUpdatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let product = Some(Product::by_id(ctx, done.product).await?);
    Ok(ProductImageUpdatePayload {
        product,
        ..Default::default()
    })
}
