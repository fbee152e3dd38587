//! `fulfillmentShip`.

use async_graphql::{Context, ID, InputObject};

use super::types::Fulfillment;
use crate::domain::fulfillment::commands;
use crate::domain::fulfillment::tracking::Tracking;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::line;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Code, Details, Refused, Stop};

/// A parcel that has left.
#[derive(InputObject)]
pub struct FulfillmentShipInput {
    /// Which fulfillment.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// How the parcel can be followed; needed unless it is `untracked`.
    tracking: Option<FulfillmentTrackingInput>,
    /// Says that the parcel cannot be followed.
    #[graphql(default)]
    untracked: bool,
    /// Makes a retry happen once: 16 to 128 visible characters. Demanded here or as header.
    idempotency_key: Option<String>,
}

/// How a parcel can be followed.
#[derive(InputObject)]
pub struct FulfillmentTrackingInput {
    /// The carrier's number.
    number: String,
    /// Who carries it.
    carrier: String,
    /// Where to follow it: `https://…`.
    url: Option<String>,
}

payload! {
    /// What `fulfillmentShip` answers.
    FulfillmentShipPayload {
        /// The fulfillment, shipped.
        fulfillment: Fulfillment,
    }
}

impl FulfillmentShipInput {
    fn command(&self) -> Result<commands::FulfillmentShip, Refused> {
        Ok(commands::FulfillmentShip {
            fulfillment: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            tracking: self.tracking()?,
        })
    }

    fn tracking(&self) -> Result<Tracking, Refused> {
        match (&self.tracking, self.untracked) {
            (None, true) => Ok(Tracking::Untracked),
            (Some(_), true) => {
                let text = "Say how it can be followed, or that it cannot, not both.";
                Err(Refused::invalid("input.untracked", text))
            }
            (None, false) => {
                let text = "Say how it can be followed, or that it cannot.";
                let fields = vec!["tracking".to_owned()];
                Err(Refused::new(Code::MissingFields, text)
                    .at("input.tracking")
                    .with(Details::Missing { fields }))
            }
            (Some(given), false) => {
                let url = given.url.as_ref();
                Ok(Tracking::Tracked {
                    number: line("input.tracking.number", &given.number, 100)?,
                    carrier: line("input.tracking.carrier", &given.carrier, 100)?,
                    url: url
                        .map(|url| line("input.tracking.url", url, 2000))
                        .transpose()?,
                })
            }
        }
    }
}

pub(super) async fn fulfillment_ship(
    ctx: &Context<'_>,
    input: FulfillmentShipInput,
) -> Reply<FulfillmentShipPayload> {
    reply(ship(ctx, input).await)
}

async fn ship(
    ctx: &Context<'_>,
    input: FulfillmentShipInput,
) -> Result<FulfillmentShipPayload, Stop> {
    let done = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    Ok(FulfillmentShipPayload {
        fulfillment: Some(Fulfillment::by_id(ctx, done.fulfillment).await?),
        ..Default::default()
    })
}
