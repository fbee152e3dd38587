//! `categoryMove`.

use async_graphql::{Context, ID, InputObject};

use super::input::{given_id, position};
use super::types::Category;
use crate::domain::catalog::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// Where a category is to stand.
#[derive(InputObject)]
pub struct CategoryMoveInput {
    /// Which category; all below it moves along.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// The category above it from now on; without it, the top.
    parent_id: Option<ID>,
    /// Order among its new siblings; last where none is given.
    position: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `categoryMove` answers.
    CategoryMovePayload {
        /// The category at its new place.
        category: Category,
    }
}

impl CategoryMoveInput {
    fn command(&self) -> Result<commands::CategoryMove, Refused> {
        Ok(commands::CategoryMove {
            category: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            parent: given_id("input.parentId", self.parent_id.as_ref())?,
            position: position("input.position", self.position)?,
        })
    }
}

pub(super) async fn category_move(
    ctx: &Context<'_>,
    input: CategoryMoveInput,
) -> Reply<CategoryMovePayload> {
    reply(hang(ctx, input).await)
}

async fn hang(ctx: &Context<'_>, input: CategoryMoveInput) -> Result<CategoryMovePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let category = Some(Category::by_id(ctx, done.category).await?);
    Ok(CategoryMovePayload {
        category,
        ..Default::default()
    })
}
