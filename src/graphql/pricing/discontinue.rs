//! `productDiscontinue`.

use async_graphql::{Context, ID, InputObject};

use crate::domain::pricing::commands;
use crate::graphql::catalog::Product;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::line;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Which product is to sell out.
#[derive(InputObject)]
pub struct ProductDiscontinueInput {
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
    /// What `productDiscontinue` answers.
    ProductDiscontinuePayload {
        /// The product in its new state.
        product: Product,
    }
}

impl ProductDiscontinueInput {
    fn command(&self) -> Result<commands::ProductDiscontinue, Refused> {
        Ok(commands::ProductDiscontinue {
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

pub(super) async fn product_discontinue(
    ctx: &Context<'_>,
    input: ProductDiscontinueInput,
) -> Reply<ProductDiscontinuePayload> {
    reply(discontinue(ctx, input).await)
}

async fn discontinue(
    ctx: &Context<'_>,
    input: ProductDiscontinueInput,
) -> Result<ProductDiscontinuePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let product = Some(Product::by_id(ctx, done.product).await?);
    Ok(ProductDiscontinuePayload {
        product,
        ..Default::default()
    })
}
