//! `taxRateRemove`.

use async_graphql::{Context, ID, InputObject};

use crate::domain::tax::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// The rate to remove.
#[derive(InputObject)]
pub struct TaxRateRemoveInput {
    /// Which one.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `taxRateRemove` answers.
    TaxRateRemovePayload {
        /// Id of the rate that is gone.
        removed_id: ID,
    }
}

impl TaxRateRemoveInput {
    fn command(&self) -> Result<commands::TaxRateRemove, Refused> {
        Ok(commands::TaxRateRemove {
            rate: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
        })
    }
}

pub(super) async fn tax_rate_remove(
    ctx: &Context<'_>,
    input: TaxRateRemoveInput,
) -> Reply<TaxRateRemovePayload> {
    reply(remove(ctx, input).await)
}

async fn remove(
    ctx: &Context<'_>,
    input: TaxRateRemoveInput,
) -> Result<TaxRateRemovePayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(TaxRateRemovePayload {
        removed_id: Some(done.rate.to_string().into()),
        ..Default::default()
    })
}
