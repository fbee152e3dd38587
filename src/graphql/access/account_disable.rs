//! `accountDisable`.

use async_graphql::{Context, ID, InputObject};

use super::account::Account;
use crate::domain::access::commands::Disable;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::input::line;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::Stop;

/// Which account is disabled.
#[derive(InputObject)]
pub struct AccountDisableInput {
    /// Which account.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Why, for the history; no personal data.
    reason: Option<String>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `accountDisable` answers.
    AccountDisablePayload {
        /// The account as it is now.
        account: Account,
    }
}

pub(super) async fn account_disable(
    ctx: &Context<'_>,
    input: AccountDisableInput,
) -> Reply<AccountDisablePayload> {
    reply(disable(ctx, &input).await)
}

async fn disable(
    ctx: &Context<'_>,
    input: &AccountDisableInput,
) -> Result<AccountDisablePayload, Stop> {
    let reason = input.reason.as_ref();
    let command = Disable {
        account: parse_id(&input.id, "input.id")?,
        reason: reason
            .map(|text| line("input.reason", text, 500))
            .transpose()?,
        expected_version: input.expected_version.map(i64::from),
    };
    let disabled = execute(ctx, input.idempotency_key.as_deref(), command).await?;
    Ok(AccountDisablePayload {
        account: Some(Account::by_id(ctx, disabled.account).await?),
        ..Default::default()
    })
}
