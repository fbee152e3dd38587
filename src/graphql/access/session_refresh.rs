//! `sessionRefresh`.

use async_graphql::{Context, InputObject};

use super::me::Me;
use super::sign_in::pair;
use crate::domain::access::commands::RefreshSession;
use crate::domain::access::commands::refresh_session::Refreshed;
use crate::graphql::context::{call, execute};
use crate::graphql::input::line;
use crate::graphql::payload::{Payload, Reply, payload, reply, user_errors};
use crate::graphql::scalar::DateTime;
use crate::kernel::error::{Refusal, Stop};
use crate::kernel::secret::SecretHash;

/// The most characters a refresh token may have.
const TOKEN_MAX: usize = 200;

/// Which session goes on.
#[derive(InputObject)]
pub struct SessionRefreshInput {
    /// The newest refresh token of the session.
    refresh_token: String,
}

payload! {
    /// What `sessionRefresh` answers.
    SessionRefreshPayload {
        /// Proves who you are, for some minutes: `Authorization: Bearer …`.
        access_token: String,
        /// When the access token expires.
        expires_at: DateTime,
        /// The next refresh token; the one you sent is used up.
        refresh_token: String,
        /// When the refresh token expires, unless it is used before.
        refresh_expires_at: DateTime,
        /// Whose session it is.
        me: Me,
    }
}

pub(super) async fn session_refresh(
    ctx: &Context<'_>,
    input: SessionRefreshInput,
) -> Reply<SessionRefreshPayload> {
    reply(refresh(ctx, &input).await)
}

async fn refresh(
    ctx: &Context<'_>,
    input: &SessionRefreshInput,
) -> Result<SessionRefreshPayload, Stop> {
    let token = line("input.refreshToken", &input.refresh_token, TOKEN_MAX)?;
    let command = RefreshSession {
        token: SecretHash::of(&token),
        access: call(ctx)?.access.clone(),
    };
    match execute(ctx, None, command).await? {
        Refreshed::Renewed(grant) => {
            let pair = pair(ctx, &grant).await?;
            Ok(SessionRefreshPayload {
                access_token: Some(pair.access_token),
                expires_at: Some(pair.expires_at),
                refresh_token: Some(pair.refresh_token),
                refresh_expires_at: Some(pair.refresh_expires_at),
                me: Some(pair.me),
                ..Default::default()
            })
        }
        Refreshed::Refused(no) => Ok(Payload::refused(user_errors(vec![no.refused()]))),
    }
}
