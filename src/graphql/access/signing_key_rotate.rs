//! `signingKeyRotate`.

use async_graphql::{Context, InputObject};

use crate::domain::access::commands::RotateKey;
use crate::graphql::context::{call, execute};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::Stop;

/// How the signing key is replaced.
#[derive(InputObject)]
pub struct SigningKeyRotateInput {
    /// Whether the key may be known to others: then tokens that it signed stop to count within a
    /// minute, and everybody refreshes. Otherwise nobody notices.
    #[graphql(default)]
    compromised: bool,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `signingKeyRotate` answers.
    SigningKeyRotatePayload {
        /// The id of the new key, as `/.well-known/jwks.json` shows it.
        kid: String,
    }
}

pub(super) async fn signing_key_rotate(
    ctx: &Context<'_>,
    input: SigningKeyRotateInput,
) -> Reply<SigningKeyRotatePayload> {
    reply(rotate(ctx, &input).await)
}

async fn rotate(
    ctx: &Context<'_>,
    input: &SigningKeyRotateInput,
) -> Result<SigningKeyRotatePayload, Stop> {
    let access = &call(ctx)?.access;
    let command = RotateKey {
        compromised: input.compromised,
        access: access.clone(),
    };
    let rotated = execute(ctx, input.idempotency_key.as_deref(), command).await?;
    access.tokens.forget();
    Ok(SigningKeyRotatePayload {
        kid: Some(rotated.key.to_string()),
        ..Default::default()
    })
}
