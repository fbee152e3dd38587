//! `taxClassUpdate`.

use async_graphql::{Context, ID, InputObject};

use super::input::given;
use super::types::TaxClass;
use crate::domain::catalog::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::Title;

/// Changes of a tax class; what is left out stays.
#[derive(InputObject)]
pub struct TaxClassUpdateInput {
    /// Which class.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// What people call it.
    name: Option<String>,
    /// Makes it the class of products that name none.
    #[graphql(default)]
    make_default: bool,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `taxClassUpdate` answers.
    TaxClassUpdatePayload {
        /// The class as it is now.
        tax_class: TaxClass,
    }
}

impl TaxClassUpdateInput {
    fn command(&self) -> Result<commands::TaxClassUpdate, Refused> {
        Ok(commands::TaxClassUpdate {
            tax_class: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            name: given("input.name", self.name.as_ref(), Title::parse)?,
            make_default: self.make_default,
        })
    }
}

pub(super) async fn tax_class_update(
    ctx: &Context<'_>,
    input: TaxClassUpdateInput,
) -> Reply<TaxClassUpdatePayload> {
    reply(update(ctx, input).await)
}

async fn update(
    ctx: &Context<'_>,
    input: TaxClassUpdateInput,
) -> Result<TaxClassUpdatePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let tax_class = Some(TaxClass::by_id(ctx, done.tax_class).await?);
    Ok(TaxClassUpdatePayload {
        tax_class,
        ..Default::default()
    })
}
