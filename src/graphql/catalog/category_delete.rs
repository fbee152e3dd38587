//! `categoryDelete`.

use async_graphql::{Context, ID, InputObject};

use crate::domain::catalog::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// A category that nothing belongs to any more.
#[derive(InputObject)]
pub struct CategoryDeleteInput {
    /// Which category.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `categoryDelete` answers.
    CategoryDeletePayload {
        /// The id that is no more.
        deleted_id: ID,
    }
}

impl CategoryDeleteInput {
    fn command(&self) -> Result<commands::CategoryDelete, Refused> {
        Ok(commands::CategoryDelete {
            category: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn category_delete(
    ctx: &Context<'_>,
    input: CategoryDeleteInput,
) -> Reply<CategoryDeletePayload> {
    reply(delete(ctx, input).await)
}

async fn delete(
    ctx: &Context<'_>,
    input: CategoryDeleteInput,
) -> Result<CategoryDeletePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let deleted_id = Some(done.category.to_string().into());
    Ok(CategoryDeletePayload {
        deleted_id,
        ..Default::default()
    })
}
