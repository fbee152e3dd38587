//! `productVariantActivate`.

use async_graphql::{Context, ID, InputObject};

use crate::domain::pricing::commands;
use crate::graphql::catalog::ProductVariant;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Which variant is to be put on sale.
#[derive(InputObject)]
pub struct ProductVariantActivateInput {
    /// Which variant.
    id: ID,
    /// The version the variant was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productVariantActivate` answers.
    ProductVariantActivatePayload {
        /// The variant as it is now.
        variant: ProductVariant,
    }
}

impl ProductVariantActivateInput {
    fn command(&self) -> Result<commands::VariantActivate, Refused> {
        Ok(commands::VariantActivate {
            variant: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn product_variant_activate(
    ctx: &Context<'_>,
    input: ProductVariantActivateInput,
) -> Reply<ProductVariantActivatePayload> {
    reply(activate(ctx, input).await)
}

async fn activate(
    ctx: &Context<'_>,
    input: ProductVariantActivateInput,
) -> Result<ProductVariantActivatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let variant = Some(ProductVariant::by_id(ctx, done.variant).await?);
    Ok(ProductVariantActivatePayload {
        variant,
        ..Default::default()
    })
}
