//! `locationUpdate`.

use async_graphql::{Context, ID, InputObject};

use super::types::{Location, LocationKind};
use crate::domain::inventory::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::{line, parsed};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::Country;

/// Changes of a location; what is left out stays.
#[derive(InputObject)]
pub struct LocationUpdateInput {
    /// Which location.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// What people call it.
    name: Option<String>,
    /// What sort of place.
    kind: Option<LocationKind>,
    /// Where it is, ISO 3166-1 alpha-2.
    country: Option<String>,
    /// Whether orders may be served from it; what was promised from it still goes out.
    active: Option<bool>,
    /// Makes it the location that is meant when none is named.
    #[graphql(default)]
    make_default: bool,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `locationUpdate` answers.
    LocationUpdatePayload {
        /// The location as it is now.
        location: Location,
    }
}

impl LocationUpdateInput {
    fn command(&self) -> Result<commands::LocationUpdate, Refused> {
        let name = self.name.as_ref();
        let country = self.country.as_ref();
        Ok(commands::LocationUpdate {
            location: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            name: name.map(|name| line("input.name", name, 200)).transpose()?,
            kind: self.kind.map(LocationKind::into),
            country: country
                .map(|code| parsed("input.country", code, Country::parse))
                .transpose()?,
            active: self.active,
            make_default: self.make_default,
        })
    }
}

pub(super) async fn location_update(
    ctx: &Context<'_>,
    input: LocationUpdateInput,
) -> Reply<LocationUpdatePayload> {
    reply(update(ctx, input).await)
}

async fn update(
    ctx: &Context<'_>,
    input: LocationUpdateInput,
) -> Result<LocationUpdatePayload, Stop> {
    let updated = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(LocationUpdatePayload {
        location: Some(Location::by_id(ctx, updated.location).await?),
        ..Default::default()
    })
}
