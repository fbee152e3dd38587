//! Queries about channels.

use async_graphql::{Context, ID, Object, OneofObject};

use super::types::{Channel, ChannelConnection};
use crate::domain::channel::store;
use crate::graphql::connection::page_args;
use crate::graphql::context::{call, parse_id};
use crate::graphql::error::AppError;
use crate::graphql::guard::see;
use crate::kernel::page::Page;

/// Which channel is meant.
#[derive(OneofObject)]
pub enum ChannelBy {
    /// By global id.
    Id(ID),
    /// By code.
    Code(String),
}

/// Queries whose answers may be kept for all who ask the same: they go by role only.
pub const KEPT: &[&str] = &["channel", "channels"];

/// Queries about channels.
#[derive(Default)]
pub struct ChannelQuery;

#[Object]
impl ChannelQuery {
    /// A channel; without `by` the one in use. Null if there is none.
    async fn channel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: Option<ChannelBy>,
    ) -> Option<Result<Channel, AppError>> {
        find(ctx, by).await.transpose()
    }

    /// All channels the caller may see, by code.
    async fn channels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<ChannelConnection, AppError> {
        let page = Page::new("channels", &page_args(first, after, last, before))?;
        let inactive_too = see::channel_manage(ctx);
        let cut = store::page(&call(ctx)?.read, inactive_too, &page).await?;
        Ok(ChannelConnection::of(
            &page,
            cut,
            |row| vec![row.code.clone()],
            Channel,
            None,
        ))
    }
}

async fn find(ctx: &Context<'_>, by: Option<ChannelBy>) -> Result<Option<Channel>, AppError> {
    let call = call(ctx)?;
    match by {
        None => Ok(call.channel.clone().map(Channel)),
        Some(ChannelBy::Id(id)) => Channel::find(ctx, parse_id(&id, "by.id")?).await,
        Some(ChannelBy::Code(code)) => Ok(store::by_code(&call.read, &code).await?.map(Channel)),
    }
}
