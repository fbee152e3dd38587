//! The verbs of accounts and sessions: a table of contents.

use async_graphql::{Context, Object};

use super::account_disable::{AccountDisableInput, AccountDisablePayload, account_disable};
use super::session_refresh::{SessionRefreshInput, SessionRefreshPayload, session_refresh};
use super::sign_in::{SignInInput, SignInPayload, enter};
use super::sign_out::{SignOutInput, SignOutPayload, sign_out};
use super::signing_key_rotate::{
    SigningKeyRotateInput, SigningKeyRotatePayload, signing_key_rotate,
};
use super::staff_create::{StaffCreateInput, StaffCreatePayload, staff_create};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of accounts and sessions.
#[derive(Default)]
pub struct AccessMutation;

#[Object]
impl AccessMutation {
    /// Signs in, customers and staff alike. Send the access token as `Authorization: Bearer …`,
    /// and exchange the refresh token by `sessionRefresh` when it expires.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: SignInInput,
    ) -> Reply<SignInPayload> {
        enter(ctx, input).await
    }

    /// Exchanges a refresh token for the next one and a new access token. Each is good once; a
    /// repeat within some seconds gets the same answer, a later one ends the session.
    async fn session_refresh(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token.")] input: SessionRefreshInput,
    ) -> Reply<SessionRefreshPayload> {
        session_refresh(ctx, input).await
    }

    /// Ends your session: its refresh token is worth nothing from now on. Access tokens that were
    /// given out hold until they expire, at most some minutes; subscriptions end at once.
    #[graphql(guard = "gate::self_manage", visible = "see::self_manage")]
    async fn sign_out(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How far.")] input: Option<SignOutInput>,
    ) -> Reply<SignOutPayload> {
        sign_out(ctx, input).await
    }

    /// Creates an account for one of the staff.
    #[graphql(guard = "gate::account_manage", visible = "see::account_manage")]
    async fn staff_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new account.")] input: StaffCreateInput,
    ) -> Reply<StaffCreatePayload> {
        staff_create(ctx, input).await
    }

    /// Disables an account: no more sign-ins, its sessions end. Access tokens that were given out
    /// hold until they expire, at most some minutes; its subscriptions end at once.
    #[graphql(guard = "gate::account_manage", visible = "see::account_manage")]
    async fn account_disable(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: AccountDisableInput,
    ) -> Reply<AccountDisablePayload> {
        account_disable(ctx, input).await
    }

    /// Replaces the key that signs access tokens.
    #[graphql(guard = "gate::key_manage", visible = "see::key_manage")]
    async fn signing_key_rotate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How fast.")] input: SigningKeyRotateInput,
    ) -> Reply<SigningKeyRotatePayload> {
        signing_key_rotate(ctx, input).await
    }
}
