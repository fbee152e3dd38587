//! `productVariantDeactivate`.

use async_graphql::{Context, ID, InputObject};

use crate::domain::pricing::commands;
use crate::graphql::catalog::ProductVariant;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Which variant is to be taken off sale.
#[derive(InputObject)]
pub struct ProductVariantDeactivateInput {
    /// Which variant.
    id: ID,
    /// The version the variant was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productVariantDeactivate` answers.
    ProductVariantDeactivatePayload {
        /// The variant as it is now.
        variant: ProductVariant,
    }
}

impl ProductVariantDeactivateInput {
    fn command(&self) -> Result<commands::VariantDeactivate, Refused> {
        Ok(commands::VariantDeactivate {
            variant: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn product_variant_deactivate(
    ctx: &Context<'_>,
    input: ProductVariantDeactivateInput,
) -> Reply<ProductVariantDeactivatePayload> {
    reply(deactivate(ctx, input).await)
}

async fn deactivate(
    ctx: &Context<'_>,
    input: ProductVariantDeactivateInput,
) -> Result<ProductVariantDeactivatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let variant = Some(ProductVariant::by_id(ctx, done.variant).await?);
    Ok(ProductVariantDeactivatePayload {
        variant,
        ..Default::default()
    })
}
