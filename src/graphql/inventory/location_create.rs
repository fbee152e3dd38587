//! `locationCreate`.

use async_graphql::{Context, InputObject};

use super::types::{Location, LocationKind};
use crate::domain::inventory::commands;
use crate::graphql::context::execute;
use crate::graphql::input::{line, parsed};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::{Country, ShortCode};

/// A new location.
#[derive(InputObject)]
pub struct LocationCreateInput {
    /// Unique code: letters, digits, hyphens, at most 40.
    code: String,
    /// What people call it.
    name: String,
    /// What sort of place.
    #[graphql(default_with = "LocationKind::Warehouse")]
    kind: LocationKind,
    /// Where it is, ISO 3166-1 alpha-2.
    country: String,
    /// Whether it is meant when none is named.
    #[graphql(default)]
    is_default: bool,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `locationCreate` answers.
    LocationCreatePayload {
        /// The new location.
        location: Location,
    }
}

impl LocationCreateInput {
    fn command(&self) -> Result<commands::LocationCreate, Refused> {
        Ok(commands::LocationCreate {
            code: parsed("input.code", &self.code, ShortCode::parse)?,
            name: line("input.name", &self.name, 200)?,
            kind: self.kind.into(),
            country: parsed("input.country", &self.country, Country::parse)?,
            is_default: self.is_default,
        })
    }
}

pub(super) async fn location_create(
    ctx: &Context<'_>,
    input: LocationCreateInput,
) -> Reply<LocationCreatePayload> {
    reply(create(ctx, input).await)
}

async fn create(
    ctx: &Context<'_>,
    input: LocationCreateInput,
) -> Result<LocationCreatePayload, Stop> {
    let created = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(LocationCreatePayload {
        location: Some(Location::by_id(ctx, created.location).await?),
        ..Default::default()
    })
}
