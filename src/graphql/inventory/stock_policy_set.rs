//! `stockPolicySet`.

use async_graphql::{Context, ID, InputObject};

use super::types::{OversellPolicy, StockPolicy};
use crate::domain::inventory::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};

/// How a variant is counted; what is left out stays.
#[derive(InputObject)]
pub struct StockPolicySetInput {
    /// Which variant.
    variant_id: ID,
    /// The version it was read at, 0 where none was ever set; refused if it has changed since.
    expected_version: Option<i32>,
    /// Whether it is counted at all.
    tracked: Option<bool>,
    /// Whether it may be sold beyond what there is.
    oversell: Option<OversellPolicy>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `stockPolicySet` answers.
    StockPolicySetPayload {
        /// The policy as it is now.
        policy: StockPolicy,
    }
}

impl StockPolicySetInput {
    fn command(&self) -> Result<commands::StockPolicySet, Refused> {
        Ok(commands::StockPolicySet {
            variant: parse_id(&self.variant_id, "input.variantId")?,
            expected_version: self.expected_version.map(i64::from),
            tracked: self.tracked,
            oversell: self.oversell.map(OversellPolicy::into),
        })
    }
}

pub(super) async fn stock_policy_set(
    ctx: &Context<'_>,
    input: StockPolicySetInput,
) -> Reply<StockPolicySetPayload> {
    reply(set(ctx, input).await)
}

async fn set(ctx: &Context<'_>, input: StockPolicySetInput) -> Result<StockPolicySetPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(StockPolicySetPayload {
        policy: Some(StockPolicy::of(ctx, done.variant).await?),
        ..Default::default()
    })
}
