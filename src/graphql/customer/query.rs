//! Queries about customers, for staff.

use async_graphql::{Context, ID, Object, OneofObject};

use super::types::{Customer, CustomerConnection};
use crate::domain::customer::store;
use crate::graphql::connection::page_args;
use crate::graphql::context::{call, parse_id};
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::graphql::input::parsed;
use crate::kernel::page::Page;
use crate::kernel::scope::Scope;
use crate::kernel::text::Email;

/// Which customer is meant.
#[derive(OneofObject)]
pub enum CustomerBy {
    /// By global id.
    Id(ID),
    /// By email, however it is spelled.
    Email(String),
}

/// Queries about customers.
#[derive(Default)]
pub struct CustomerQuery;

#[Object]
impl CustomerQuery {
    /// A customer; null if there is none. Customers find themselves in `me`.
    #[graphql(guard = "gate::customer_read", visible = "see::customer_read")]
    async fn customer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: CustomerBy,
    ) -> Option<Result<Customer, AppError>> {
        find(ctx, by).await.transpose()
    }

    /// All customers, the newest first.
    #[graphql(guard = "gate::customer_read", visible = "see::customer_read")]
    async fn customers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<CustomerConnection, AppError> {
        let page = Page::new("customers", &page_args(first, after, last, before))?;
        let call = call(ctx)?;
        let scope = Scope::customers(call.caller());
        let cut = store::list(&call.read, &scope, &page).await?;
        Ok(CustomerConnection::of(
            &page,
            cut,
            |row| vec![row.id.to_string()],
            Customer,
            None,
        ))
    }
}

async fn find(ctx: &Context<'_>, by: CustomerBy) -> Result<Option<Customer>, AppError> {
    match by {
        CustomerBy::Id(id) => Customer::find(ctx, parse_id(&id, "by.id")?).await,
        CustomerBy::Email(text) => {
            let email = parsed("by.email", &text, Email::parse)?;
            let call = call(ctx)?;
            let scope = Scope::customers(call.caller());
            let found = store::by_email(&call.read, &scope, &email).await?;
            Ok(found.map(Customer))
        }
    }
}
