//! `productReject`.

use async_graphql::{Context, ID, InputObject};

use crate::domain::pricing::commands;
use crate::graphql::catalog::Product;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::optional;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Which submitted product needs more work.
#[derive(InputObject)]
pub struct ProductRejectInput {
    /// Which product.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// What is to be done better; at most 1,000 characters.
    reason: String,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productReject` answers.
    ProductRejectPayload {
        /// The product in its new state.
        product: Product,
    }
}

impl ProductRejectInput {
    fn command(&self) -> Result<commands::ProductReject, Refused> {
        Ok(commands::ProductReject {
            product: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            reason: optional("input.reason", &self.reason, 1_000)?,
        })
    }
}

pub(super) async fn product_reject(
    ctx: &Context<'_>,
    input: ProductRejectInput,
) -> Reply<ProductRejectPayload> {
    reply(reject(ctx, input).await)
}

async fn reject(
    ctx: &Context<'_>,
    input: ProductRejectInput,
) -> Result<ProductRejectPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let product = Some(Product::by_id(ctx, done.product).await?);
    Ok(ProductRejectPayload {
        product,
        ..Default::default()
    })
}
