//! `taxClassCreate`.

use async_graphql::{Context, InputObject};

use super::input::title;
use super::types::TaxClass;
use crate::domain::catalog::commands;
use crate::graphql::context::execute;
use crate::graphql::input::parsed;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::ShortCode;

/// A new tax class.
#[derive(InputObject)]
pub struct TaxClassCreateInput {
    /// Unique code: letters, digits, hyphens, at most 40.
    code: String,
    /// What people call it.
    name: String,
    /// Whether products that name no class get it.
    #[graphql(default)]
    is_default: bool,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `taxClassCreate` answers.
    TaxClassCreatePayload {
        /// The new class.
        tax_class: TaxClass,
    }
}

impl TaxClassCreateInput {
    fn command(&self) -> Result<commands::TaxClassCreate, Refused> {
        Ok(commands::TaxClassCreate {
            code: parsed("input.code", &self.code, ShortCode::parse)?,
            name: title("input.name", &self.name)?,
            is_default: self.is_default,
        })
    }
}

pub(super) async fn tax_class_create(
    ctx: &Context<'_>,
    input: TaxClassCreateInput,
) -> Reply<TaxClassCreatePayload> {
    reply(create(ctx, input).await)
}

async fn create(
    ctx: &Context<'_>,
    input: TaxClassCreateInput,
) -> Result<TaxClassCreatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let tax_class = Some(TaxClass::by_id(ctx, done.tax_class).await?);
    Ok(TaxClassCreatePayload {
        tax_class,
        ..Default::default()
    })
}
