//! `Account` and its enums.

use async_graphql::{Context, Enum, ID, Object};
use entity::accounts;
use entity::id::AccountId;

use super::loaders::ById;
use crate::graphql::connection::connection;
use crate::graphql::error::AppError;
use crate::graphql::guard::see;
use crate::graphql::loader::{fetch, load};
use crate::graphql::scalar::DateTime;
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;
use crate::kernel::permission;

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "permission::Role")]
pub enum Role {
    /// Nobody in particular, perhaps with a cart.
    Guest,
    /// A signed-in customer.
    Shopper,
    /// Staff: products, categories, prices.
    Merchandiser,
    /// Staff: helps customers with carts and orders.
    Support,
    /// Staff: stock and fulfillment.
    Warehouse,
    /// Staff: payments, refunds, reports.
    Finance,
    /// Staff: everything but acting as the system.
    Admin,
    /// The shop's own jobs; nobody signs in with it.
    System,
}

/// Whether an account can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "accounts::State")]
pub enum AccountState {
    /// It can.
    Active,
    /// It cannot, and its sessions have ended.
    Disabled,
}

/// Which side of the counter somebody stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "accounts::Kind")]
pub enum AccountKind {
    /// Somebody who buys.
    Customer,
    /// Somebody who works for the shop.
    Staff,
}

/// What signs in with an email and a password: a customer or one of the staff.
#[derive(Clone, Debug)]
pub struct Account(pub accounts::Model);

impl Account {
    /// The account with that id, if the caller may see accounts.
    pub async fn find(ctx: &Context<'_>, id: AccountId) -> Result<Option<Self>, AppError> {
        if !see::account_manage(ctx) {
            return Ok(None);
        }
        Ok(load(ctx, ById(id)).await?.map(Self))
    }

    /// The account of a verb's output.
    pub async fn by_id(ctx: &Context<'_>, id: AccountId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "accounts",
            column: "id",
            id: id.to_string(),
        };
        Ok(Self(fetch(ctx, ById(id)).await?.ok_or_else(missing)?))
    }
}

/// What signs in with an email and a password: a customer or one of the staff.
#[Object]
impl Account {
    /// Global id. A customer's account and profile share all of it but the prefix.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Which side of the counter it stands on.
    async fn kind(&self) -> AccountKind {
        self.0.kind.into()
    }

    /// What it may do.
    async fn role(&self) -> Role {
        crate::domain::access::role::of(self.0.role).into()
    }

    /// The email it signs in with, in lower case.
    async fn email(&self) -> &str {
        &self.0.email_norm
    }

    /// What colleagues call them; empty for customers.
    async fn display_name(&self) -> &str {
        &self.0.display_name
    }

    /// Whether it can sign in.
    async fn state(&self) -> AccountState {
        self.0.state.into()
    }

    /// No sign-in before this instant, after too many wrong passwords.
    async fn locked_until(&self) -> Option<DateTime> {
        self.0.locked_until.map(DateTime)
    }

    /// Counts changes; give it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was opened.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of accounts.
    AccountConnection, AccountEdge, Account
}
