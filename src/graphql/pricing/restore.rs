//! `productRestore`.

use async_graphql::{Context, ID, InputObject};

use crate::domain::pricing::commands;
use crate::graphql::catalog::Product;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::line;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Which archived product is to be a draft again.
#[derive(InputObject)]
pub struct ProductRestoreInput {
    /// Which product.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Why, for the audit; at most 1,000 characters.
    reason: Option<String>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productRestore` answers.
    ProductRestorePayload {
        /// The product in its new state.
        product: Product,
    }
}

impl ProductRestoreInput {
    fn command(&self) -> Result<commands::ProductRestore, Refused> {
        Ok(commands::ProductRestore {
            product: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            reason: self
                .reason
                .as_ref()
                .map(|text| line("input.reason", text, 1_000))
                .transpose()?,
        })
    }
}

pub(super) async fn product_restore(
    ctx: &Context<'_>,
    input: ProductRestoreInput,
) -> Reply<ProductRestorePayload> {
    reply(restore(ctx, input).await)
}

async fn restore(
    ctx: &Context<'_>,
    input: ProductRestoreInput,
) -> Result<ProductRestorePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let product = Some(Product::by_id(ctx, done.product).await?);
    Ok(ProductRestorePayload {
        product,
        ..Default::default()
    })
}
