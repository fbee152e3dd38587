//! Queries about oneself and about accounts.

use async_graphql::{Context, ID, Object, OneofObject};

use super::account::{Account, AccountConnection};
use super::me::Me;
use crate::domain::access::store::accounts as store;
use crate::graphql::connection::page_args;
use crate::graphql::context::{call, parse_id};
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::graphql::input::parsed;
use crate::kernel::page::Page;
use crate::kernel::text::Email;

/// Which account is meant.
#[derive(OneofObject)]
pub enum AccountBy {
    /// By global id.
    Id(ID),
    /// By the email it signs in with, however it is spelled.
    Email(String),
}

/// Queries about oneself and about accounts.
#[derive(Default)]
pub struct AccessQuery;

#[Object]
impl AccessQuery {
    /// Who is signed in; null for a guest.
    async fn me(&self, ctx: &Context<'_>) -> Option<Result<Me, AppError>> {
        let me = call(ctx).map(|call| Me::caller(call.caller()));
        me.map_err(AppError::from).transpose()
    }

    /// An account; null if there is none.
    #[graphql(guard = "gate::account_manage", visible = "see::account_manage")]
    async fn account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: AccountBy,
    ) -> Option<Result<Account, AppError>> {
        find(ctx, by).await.transpose()
    }

    /// All accounts, the newest first.
    #[graphql(guard = "gate::account_manage", visible = "see::account_manage")]
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<AccountConnection, AppError> {
        let page = Page::new("accounts", &page_args(first, after, last, before))?;
        let cut = store::page(&call(ctx)?.read, &page).await?;
        Ok(AccountConnection::of(
            &page,
            cut,
            |row| vec![row.id.to_string()],
            Account,
            None,
        ))
    }
}

async fn find(ctx: &Context<'_>, by: AccountBy) -> Result<Option<Account>, AppError> {
    match by {
        AccountBy::Id(id) => Account::find(ctx, parse_id(&id, "by.id")?).await,
        AccountBy::Email(text) => {
            let email = parsed("by.email", &text, Email::parse)?;
            let found = store::by_email(&call(ctx)?.read, &email).await?;
            Ok(found.map(Account))
        }
    }
}
