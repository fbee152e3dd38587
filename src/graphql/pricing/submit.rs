//! `productSubmit`.

use async_graphql::{Context, ID, InputObject};

use crate::domain::pricing::commands;
use crate::graphql::catalog::Product;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::line;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Which draft is to be published by somebody else.
#[derive(InputObject)]
pub struct ProductSubmitInput {
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
    /// What `productSubmit` answers.
    ProductSubmitPayload {
        /// The product in its new state.
        product: Product,
    }
}

impl ProductSubmitInput {
    fn command(&self) -> Result<commands::ProductSubmit, Refused> {
        Ok(commands::ProductSubmit {
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

pub(super) async fn product_submit(
    ctx: &Context<'_>,
    input: ProductSubmitInput,
) -> Reply<ProductSubmitPayload> {
    reply(submit(ctx, input).await)
}

async fn submit(
    ctx: &Context<'_>,
    input: ProductSubmitInput,
) -> Result<ProductSubmitPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let product = Some(Product::by_id(ctx, done.product).await?);
    Ok(ProductSubmitPayload {
        product,
        ..Default::default()
    })
}
