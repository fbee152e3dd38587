//! `Customer`.

use async_graphql::{Context, ID, Object};
use entity::customers;
use entity::id::CustomerId;

use super::address::CustomerAddress;
use super::loaders::{BookOf, ById};
use crate::graphql::connection::{connection, page_args};
use crate::graphql::context::call;
use crate::graphql::error::AppError;
use crate::graphql::loader::{fetch, load};
use crate::graphql::order::{OrderConnection, orders_of};
use crate::graphql::scalar::DateTime;
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;
use crate::kernel::scope::Scope;

/// Somebody who buys with an account.
#[derive(Clone, Debug)]
pub struct Customer(pub customers::Model);

impl Customer {
    /// The customer with that id, if the caller may see them.
    pub async fn find(ctx: &Context<'_>, id: CustomerId) -> Result<Option<Self>, AppError> {
        match Scope::customers(call(ctx)?.caller()) {
            Scope::All => Self::load(ctx, id).await,
            Scope::Own { customer, .. } if customer == Some(id) => Self::load(ctx, id).await,
            Scope::Own { .. } => Ok(None),
        }
    }

    /// The customer behind a token.
    pub async fn own(ctx: &Context<'_>, id: CustomerId) -> Result<Option<Self>, AppError> {
        Self::load(ctx, id).await
    }

    /// The customer of a verb's output.
    pub async fn by_id(ctx: &Context<'_>, id: CustomerId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "customers",
            column: "id",
            id: id.to_string(),
        };
        Ok(Self(fetch(ctx, ById(id)).await?.ok_or_else(missing)?))
    }

    async fn load(ctx: &Context<'_>, id: CustomerId) -> Result<Option<Self>, AppError> {
        Ok(load(ctx, ById(id)).await?.map(Self))
    }
}

/// Somebody who buys with an account.
#[Object]
impl Customer {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The email as they typed it.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// Given name; perhaps empty.
    async fn first_name(&self) -> &str {
        &self.0.first_name
    }

    /// Family name; perhaps empty.
    async fn last_name(&self) -> &str {
        &self.0.last_name
    }

    /// Telephone.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }

    /// The language to write in, a tag such as `de-CH`.
    async fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }

    /// The address book, oldest first; at most 50.
    #[graphql(complexity = "10 * child_complexity + 1")]
    async fn addresses(&self, ctx: &Context<'_>) -> Result<Vec<CustomerAddress>, AppError> {
        let book = load(ctx, BookOf(self.0.id)).await?.unwrap_or_default();
        Ok(book.into_iter().map(CustomerAddress).collect())
    }

    /// Their orders, newest first.
    async fn orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<OrderConnection, AppError> {
        let args = page_args(first, after, last, before);
        orders_of(ctx, self.0.id, &args).await
    }

    /// Counts changes of the profile; give it as `expectedVersion`. Addresses count their own.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When they signed up.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of customers.
    CustomerConnection, CustomerEdge, Customer
}
