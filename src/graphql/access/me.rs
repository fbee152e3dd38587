//! `Me`: who is signed in.

use async_graphql::{Context, Object};
use entity::id::CustomerId;

use super::account::Role;
use super::loaders::ById;
use crate::domain::access::Bearer;
use crate::graphql::cart::Cart;
use crate::graphql::connection::page_args;
use crate::graphql::customer::Customer;
use crate::graphql::error::AppError;
use crate::graphql::loader::load;
use crate::graphql::order::{OrderConnection, orders_of};
use crate::kernel::caller::{Actor, Caller};
use crate::kernel::permission::{self, Permission};

/// Who is signed in.
#[derive(Clone, Copy, Debug)]
pub struct Me(Bearer);

impl Me {
    /// The bearer of a token.
    pub fn bearer(bearer: Bearer) -> Self {
        Self(bearer)
    }

    /// The caller, if signed in.
    pub fn caller(caller: &Caller) -> Option<Self> {
        Some(Self(Bearer {
            account: caller.account()?,
            role: caller.role,
            session: caller.session,
        }))
    }

    fn customer_id(&self) -> Option<CustomerId> {
        match self.0.actor() {
            Actor::Customer(customer) => Some(customer),
            Actor::Guest | Actor::Staff(_) | Actor::System(_) => None,
        }
    }
}

/// Who is signed in.
#[Object]
impl Me {
    /// What you may do.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// Names of everything you may do, such as `order.cancel`.
    async fn permissions(&self) -> Vec<&'static str> {
        let held = |one: &&Permission| self.0.role.may(**one);
        permission::Permission::ALL
            .iter()
            .filter(held)
            .map(|one| one.as_str())
            .collect()
    }

    /// The email you sign in with, in lower case; null with a developer's token that has no account.
    async fn email(&self, ctx: &Context<'_>) -> Option<Result<String, AppError>> {
        let account = load(ctx, ById(self.0.account)).await;
        account
            .map(|account| account.map(|account| account.email_norm))
            .transpose()
    }

    /// What colleagues call you; null for customers, whose name stands in their profile.
    async fn display_name(&self, ctx: &Context<'_>) -> Option<Result<String, AppError>> {
        let account = load(ctx, ById(self.0.account)).await;
        let name = |account: entity::accounts::Model| account.display_name;
        account
            .map(|account| account.map(name).filter(|name| !name.is_empty()))
            .transpose()
    }

    /// Your profile and address book; null for staff.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer, AppError>> {
        Customer::own(ctx, self.customer_id()?).await.transpose()
    }

    /// The cart you were last at in the channel in use; null for staff, and if there is none.
    async fn active_cart(&self, ctx: &Context<'_>) -> Option<Result<Cart, AppError>> {
        Cart::active_of(ctx, self.customer_id()?).await.transpose()
    }

    /// Your orders, newest first; null for staff.
    async fn orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Option<Result<OrderConnection, AppError>> {
        let args = page_args(first, after, last, before);
        Some(orders_of(ctx, self.customer_id()?, &args).await)
    }
}
