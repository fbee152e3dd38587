//! The verbs of channels: a table of contents.

use async_graphql::{Context, Object};

use super::create::{ChannelCreateInput, ChannelCreatePayload, channel_create};
use super::update::{ChannelUpdateInput, ChannelUpdatePayload, channel_update};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of channels.
#[derive(Default)]
pub struct ChannelMutation;

#[Object]
impl ChannelMutation {
    /// Opens a channel.
    #[graphql(guard = "gate::channel_manage", visible = "see::channel_manage")]
    async fn channel_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new channel.")] input: ChannelCreateInput,
    ) -> Reply<ChannelCreatePayload> {
        channel_create(ctx, input).await
    }

    /// Changes what may change of a channel; what is left out stays.
    #[graphql(guard = "gate::channel_manage", visible = "see::channel_manage")]
    async fn channel_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: ChannelUpdateInput,
    ) -> Reply<ChannelUpdatePayload> {
        channel_update(ctx, input).await
    }
}
