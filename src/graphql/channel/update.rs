//! `channelUpdate`.

use async_graphql::{Context, ID, InputObject};

use super::types::Channel;
use crate::domain::channel::commands;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::{each, line, parsed};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::{Refused, Stop};
use crate::kernel::text::{Country, Language};

/// Changes of a channel; what is left out stays.
#[derive(InputObject)]
pub struct ChannelUpdateInput {
    /// Which channel.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Name for people.
    name: Option<String>,
    /// Countries it sells to; the first is the default.
    countries: Option<Vec<String>>,
    /// Languages it speaks; the first is the default.
    languages: Option<Vec<String>>,
    /// Makes it the channel of requests that name none.
    #[graphql(default)]
    make_default: bool,
    /// Opens or closes it.
    active: Option<bool>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `channelUpdate` answers.
    ChannelUpdatePayload {
        /// The channel as it is now.
        channel: Channel,
    }
}

impl ChannelUpdateInput {
    fn command(&self) -> Result<commands::ChannelUpdate, Refused> {
        let countries = |list: &Vec<String>| {
            each("input.countries", list, |path, text| {
                parsed(path, text, Country::parse)
            })
        };
        let languages = |list: &Vec<String>| {
            each("input.languages", list, |path, text| {
                parsed(path, text, Language::parse)
            })
        };
        Ok(commands::ChannelUpdate {
            channel: parse_id(&self.id, "input.id")?,
            expected_version: self.expected_version.map(i64::from),
            name: self
                .name
                .as_ref()
                .map(|name| line("input.name", name, 200))
                .transpose()?,
            countries: self.countries.as_ref().map(countries).transpose()?,
            languages: self.languages.as_ref().map(languages).transpose()?,
            make_default: self.make_default,
            active: self.active,
        })
    }
}

pub(super) async fn channel_update(
    ctx: &Context<'_>,
    input: ChannelUpdateInput,
) -> Reply<ChannelUpdatePayload> {
    reply(update(ctx, input).await)
}

async fn update(
    ctx: &Context<'_>,
    input: ChannelUpdateInput,
) -> Result<ChannelUpdatePayload, Stop> {
    let updated = execute(ctx, input.idempotency_key.as_deref(), input.command()?).await?;
    let channel = Some(Channel::by_id(ctx, updated.channel).await?);
    Ok(ChannelUpdatePayload {
        channel,
        ..Default::default()
    })
}
