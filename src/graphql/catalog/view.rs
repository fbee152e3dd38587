//! Who looks at the catalog, and in which channel.

use async_graphql::Context;

use crate::domain::search::filter::{Audience, View};
use crate::graphql::context::call;
use crate::graphql::guard::see;
use crate::kernel::error::Fault;

/// The view of the request.
pub(super) fn view(ctx: &Context<'_>) -> Result<View, Fault> {
    let channel = call(ctx)?.channel.as_ref().map(|channel| channel.id);
    let audience = if see::catalog_read(ctx) {
        Audience::Staff
    } else {
        Audience::Shoppers
    };
    Ok(View { channel, audience })
}
