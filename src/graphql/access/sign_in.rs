//! `signIn`.

use async_graphql::{Context, InputObject};

use super::me::Me;
use crate::domain::access::commands::SignIn;
use crate::domain::access::commands::sign_in::SignedIn;
use crate::domain::access::grant::Grant;
use crate::domain::access::password::Password;
use crate::graphql::cart::Cart;
use crate::graphql::context::call;
use crate::graphql::input::parsed;
use crate::graphql::payload::{Payload, Reply, payload, reply, user_errors};
use crate::graphql::scalar::DateTime;
use crate::graphql::user_error::Warning;
use crate::kernel::error::{Fault, Refusal, Stop};
use crate::kernel::text::Email;
use crate::process::sign_in;

/// Who signs in.
#[derive(InputObject)]
pub struct SignInInput {
    /// The email of the account.
    email: String,
    /// The password.
    password: String,
    /// Whether the cart of `X-Cart-Token` becomes the customer's; as by `cartClaim`.
    #[graphql(default)]
    claim_cart: bool,
}

payload! {
    /// What `signIn` answers.
    SignInPayload {
        /// Proves who you are, for some minutes: `Authorization: Bearer …`.
        access_token: String,
        /// When the access token expires.
        expires_at: DateTime,
        /// Good once, for `sessionRefresh`. Keep it where no other page can read it.
        refresh_token: String,
        /// When the refresh token expires, unless it is used before.
        refresh_expires_at: DateTime,
        /// Who has signed in.
        me: Me,
        /// The cart that was claimed. Null if none was; `warnings` say why.
        cart: Cart,
        /// The new secret of the cart that was claimed, for `X-Cart-Token`; the old one opens
        /// nothing any more.
        cart_token: String,
    }
}

/// The tokens of a grant.
pub(super) struct Pair {
    pub access_token: String,
    pub expires_at: DateTime,
    pub refresh_token: String,
    pub refresh_expires_at: DateTime,
    pub me: Me,
}

/// Makes the tokens of a grant: after the commit, for nothing of them is stored.
pub(super) async fn pair(ctx: &Context<'_>, grant: &Grant) -> Result<Pair, Fault> {
    let call = call(ctx)?;
    let (bearer, real) = (grant.bearer(), call.door.clock().real());
    let tokens = &call.access.tokens;
    let access = tokens.mint(&call.read, &bearer, real).await?;
    Ok(Pair {
        access_token: access.text,
        expires_at: DateTime(access.expires_at),
        refresh_token: grant.refresh_token(call.door.secret_key()),
        refresh_expires_at: DateTime(grant.refresh_expires_at),
        me: Me::bearer(bearer),
    })
}

pub(super) async fn enter(ctx: &Context<'_>, input: SignInInput) -> Reply<SignInPayload> {
    reply(sign(ctx, &input).await)
}

async fn sign(ctx: &Context<'_>, input: &SignInInput) -> Result<SignInPayload, Stop> {
    let call = call(ctx)?;
    let command = SignIn {
        email: parsed("input.email", &input.email, Email::parse)?,
        password: parsed("input.password", &input.password, Password::presented)?,
        access: call.access.clone(),
    };
    let entrance = sign_in::sign_in(&call.door, call.caller(), command, input.claim_cart).await?;
    match entrance.signed_in {
        SignedIn::Entered(grant) => {
            let pair = pair(ctx, &grant).await?;
            let secret = call.door.secret_key();
            Ok(SignInPayload {
                access_token: Some(pair.access_token),
                expires_at: Some(pair.expires_at),
                refresh_token: Some(pair.refresh_token),
                refresh_expires_at: Some(pair.refresh_expires_at),
                me: Some(pair.me),
                cart: match &entrance.cart {
                    Some(claimed) => Some(Cart::by_id(ctx, claimed.cart).await?),
                    None => None,
                },
                cart_token: entrance.cart.map(|claimed| {
                    let id = claimed.cart.uuid();
                    secret.mint("cart", id, claimed.secret_generation)
                }),
                warnings: entrance.unclaimed.into_iter().map(Warning::from).collect(),
                ..Default::default()
            })
        }
        SignedIn::Refused(no) => Ok(Payload::refused(user_errors(vec![no.refused()]))),
    }
}
