//! `productSuspend`.

use async_graphql::{Context, ID, InputObject};

use crate::domain::pricing::commands;
use crate::graphql::catalog::Product;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::optional;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Which product is to be taken off sale for a while.
#[derive(InputObject)]
pub struct ProductSuspendInput {
    /// Which product.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Why: a recall, the law, its quality; at most 1,000 characters.
    reason: String,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `productSuspend` answers.
    ProductSuspendPayload {
        /// The product in its new state.
        product: Product,
    }
}

impl ProductSuspendInput {
    fn command(&self) -> Result<commands::ProductSuspend, Refused> {
        Ok(commands::ProductSuspend {
            product: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            reason: optional("input.reason", &self.reason, 1_000)?,
        })
    }
}

pub(super) async fn product_suspend(
    ctx: &Context<'_>,
    input: ProductSuspendInput,
) -> Reply<ProductSuspendPayload> {
    reply(suspend(ctx, input).await)
}

async fn suspend(
    ctx: &Context<'_>,
    input: ProductSuspendInput,
) -> Result<ProductSuspendPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let product = Some(Product::by_id(ctx, done.product).await?);
    Ok(ProductSuspendPayload {
        product,
        ..Default::default()
    })
}
