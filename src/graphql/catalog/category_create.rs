//! `categoryCreate`.

use async_graphql::{Context, ID, InputObject};

use super::input::{given, given_id, position, title};
use super::types::Category;
use crate::domain::catalog::commands;
use crate::graphql::context::execute;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::{Slug, line};

/// A new category.
#[derive(InputObject)]
pub struct CategoryCreateInput {
    /// What people call it.
    name: String,
    /// Its name in an address; made from the name where none is given.
    slug: Option<String>,
    /// What is in it: plain text, at most 4,000 characters.
    description: Option<String>,
    /// The category above; without it, the top.
    parent_id: Option<ID>,
    /// Order among its siblings; last where none is given.
    position: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `categoryCreate` answers.
    CategoryCreatePayload {
        /// The new category.
        category: Category,
    }
}

impl CategoryCreateInput {
    fn command(&self) -> Result<commands::CategoryCreate, Refused> {
        Ok(commands::CategoryCreate {
            name: title("input.name", &self.name)?,
            slug: given("input.slug", self.slug.as_ref(), Slug::parse)?,
            description: given("input.description", self.description.as_ref(), |text| {
                line(text, 4_000)
            })?,
            parent: given_id("input.parentId", self.parent_id.as_ref())?,
            position: position("input.position", self.position)?,
        })
    }
}

pub(super) async fn category_create(
    ctx: &Context<'_>,
    input: CategoryCreateInput,
) -> Reply<CategoryCreatePayload> {
    reply(create(ctx, input).await)
}

async fn create(
    ctx: &Context<'_>,
    input: CategoryCreateInput,
) -> Result<CategoryCreatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let category = Some(Category::by_id(ctx, done.category).await?);
    Ok(CategoryCreatePayload {
        category,
        ..Default::default()
    })
}
