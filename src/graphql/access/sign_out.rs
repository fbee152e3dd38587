//! `signOut`.

use async_graphql::{Context, InputObject};

use crate::domain::access::commands::EndSession;
use crate::graphql::context::execute;
use crate::graphql::payload::{Reply, payload, reply};
use crate::graphql::user_error::int;
use crate::kernel::error::Stop;

/// How far to sign out.
#[derive(InputObject)]
pub struct SignOutInput {
    /// Whether your sessions on other devices end too.
    #[graphql(default)]
    everywhere: bool,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `signOut` answers.
    SignOutPayload {
        /// How many sessions have ended.
        sessions_ended: i32,
    }
}

pub(super) async fn sign_out(
    ctx: &Context<'_>,
    input: Option<SignOutInput>,
) -> Reply<SignOutPayload> {
    reply(end(ctx, input).await)
}

async fn end(ctx: &Context<'_>, input: Option<SignOutInput>) -> Result<SignOutPayload, Stop> {
    let key = input
        .as_ref()
        .and_then(|input| input.idempotency_key.as_deref());
    let everywhere = input.as_ref().is_some_and(|input| input.everywhere);
    let ended = execute(ctx, key, EndSession { everywhere }).await?;
    let count = i64::try_from(ended.sessions).unwrap_or(i64::MAX);
    Ok(SignOutPayload {
        sessions_ended: Some(int(count)),
        ..Default::default()
    })
}
