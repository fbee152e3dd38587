//! `productVariantUpdate`.

use async_graphql::{Context, ID, InputObject, MaybeUndefined};

use super::input::{change, given, grams, position};
use super::types::ProductVariant;
use crate::domain::catalog::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::{Reference, Sku};

/// Changes of a variant; what is left out stays, null removes.
#[derive(InputObject)]
pub struct ProductVariantUpdateInput {
    /// Which variant.
    id: ID,
    /// The version the variant was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// The merchant's number.
    sku: Option<String>,
    /// GTIN or the like.
    barcode: MaybeUndefined<String>,
    /// What it weighs with its packing, in grams.
    weight_grams: MaybeUndefined<i32>,
    /// Whether it has to be sent.
    requires_shipping: Option<bool>,
    /// Order within the product.
    position: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productVariantUpdate` answers.
    ProductVariantUpdatePayload {
        /// The variant as it is now.
        variant: ProductVariant,
    }
}

impl ProductVariantUpdateInput {
    fn command(&self) -> Result<commands::VariantUpdate, Refused> {
        Ok(commands::VariantUpdate {
            variant: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            sku: given("input.sku", self.sku.as_ref(), Sku::parse)?,
            barcode: change("input.barcode", &self.barcode, Reference::parse)?,
            weight: match self.weight_grams {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(weight) => Some(Some(grams("input.weightGrams", weight)?)),
            },
            requires_shipping: self.requires_shipping,
            position: position("input.position", self.position)?,
        })
    }
}

pub(super) async fn product_variant_update(
    ctx: &Context<'_>,
    input: ProductVariantUpdateInput,
) -> Reply<ProductVariantUpdatePayload> {
    reply(update(ctx, input).await)
}

async fn update(
    ctx: &Context<'_>,
    input: ProductVariantUpdateInput,
) -> Result<ProductVariantUpdatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let variant = Some(ProductVariant::by_id(ctx, done.variant).await?);
    Ok(ProductVariantUpdatePayload {
        variant,
        ..Default::default()
    })
}
