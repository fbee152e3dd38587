//! `categoryUpdate`.

use async_graphql::{Context, ID, InputObject};

use super::input::{given, position};
use super::types::Category;
use crate::domain::catalog::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::{Slug, Title, optional};

/// Changes of a category; what is left out stays.
#[derive(InputObject)]
pub struct CategoryUpdateInput {
    /// Which category.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// What people call it.
    name: Option<String>,
    /// Its name in an address.
    slug: Option<String>,
    /// What is in it: plain text; an empty one removes it.
    description: Option<String>,
    /// Order among its siblings.
    position: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `categoryUpdate` answers.
    CategoryUpdatePayload {
        /// The category as it is now.
        category: Category,
    }
}

impl CategoryUpdateInput {
    fn command(&self) -> Result<commands::CategoryUpdate, Refused> {
        Ok(commands::CategoryUpdate {
            category: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            name: given("input.name", self.name.as_ref(), Title::parse)?,
            slug: given("input.slug", self.slug.as_ref(), Slug::parse)?,
            description: given("input.description", self.description.as_ref(), |text| {
                optional(text, 4_000)
            })?,
            position: position("input.position", self.position)?,
        })
    }
}

pub(super) async fn category_update(
    ctx: &Context<'_>,
    input: CategoryUpdateInput,
) -> Reply<CategoryUpdatePayload> {
    reply(update(ctx, input).await)
}

async fn update(
    ctx: &Context<'_>,
    input: CategoryUpdateInput,
) -> Result<CategoryUpdatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let category = Some(Category::by_id(ctx, done.category).await?);
    Ok(CategoryUpdatePayload {
        category,
        ..Default::default()
    })
}
