//! Queries about orders.

use async_graphql::{Context, ID, InputObject, Object, OneofObject};
use entity::id::CustomerId;
use entity::orders;

use super::types::{Order, OrderConnection, OrderPaymentStatus, OrderState};
use crate::domain::order::store;
use crate::domain::order::store::lists::{self, Filter};
use crate::graphql::connection::page_args;
use crate::graphql::context::{call, parse_id};
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::graphql::input::LIST_MAX;
use crate::graphql::scalar::DateTime;
use crate::graphql::user_error::int;
use crate::kernel::error::Refused;
use crate::kernel::page::{Page, PageArgs};
use crate::kernel::scope::Scope;

/// Which order is meant.
#[derive(OneofObject)]
pub enum OrderBy {
    /// By global id.
    Id(ID),
    /// By its number, as in `R1001`.
    Number(String),
}

/// Which orders are wanted; what is left out does not narrow the list.
#[derive(Default, InputObject)]
pub struct OrderFilter {
    /// Those of this customer.
    customer_id: Option<ID>,
    /// Those of this channel.
    channel_id: Option<ID>,
    /// Those in one of these states.
    states: Option<Vec<OrderState>>,
    /// Those with one of these payment statuses.
    payment_statuses: Option<Vec<OrderPaymentStatus>>,
    /// The one with this number.
    number: Option<String>,
    /// Those placed then or later.
    placed_from: Option<DateTime>,
    /// Those placed before.
    placed_until: Option<DateTime>,
}

impl OrderFilter {
    fn read(self) -> Result<Filter, Refused> {
        let (states, statuses) = (
            self.states.unwrap_or_default(),
            self.payment_statuses.unwrap_or_default(),
        );
        if states.len().max(statuses.len()) > LIST_MAX {
            let message = format!("At most {LIST_MAX} entries at once.");
            return Err(Refused::invalid("filter", message));
        }
        let id = |id: Option<ID>, path| id.map(|id| parse_id(&id, path)).transpose();
        let channel = self.channel_id.map(|id| parse_id(&id, "filter.channelId"));
        Ok(Filter {
            customer: id(self.customer_id, "filter.customerId")?,
            channel: channel.transpose()?,
            states: states.into_iter().map(orders::State::from).collect(),
            payment_statuses: statuses
                .into_iter()
                .map(orders::PaymentStatus::from)
                .collect(),
            number: self.number,
            placed_from: self.placed_from.map(|at| at.0),
            placed_until: self.placed_until.map(|at| at.0),
        })
    }
}

/// Queries about orders.
#[derive(Default)]
pub struct OrderQuery;

#[Object]
impl OrderQuery {
    /// An order; null if there is none or the caller may not see it. A guest sends its secret in
    /// `X-Order-Token`.
    async fn order(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: OrderBy,
    ) -> Option<Result<Order, AppError>> {
        find(ctx, by).await.transpose()
    }

    /// All orders, newest first.
    #[graphql(guard = "gate::order_read", visible = "see::order_read")]
    async fn orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones; all without it.")] filter: Option<OrderFilter>,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<OrderConnection, AppError> {
        let filter = filter.unwrap_or_default().read()?;
        let scope = Scope::orders(call(ctx)?.caller());
        let args = page_args(first, after, last, before);
        list(ctx, &scope, &filter, &args).await
    }
}

/// The orders of a customer whom the caller sees, newest first.
pub async fn orders_of(
    ctx: &Context<'_>,
    customer: CustomerId,
    args: &PageArgs,
) -> Result<OrderConnection, AppError> {
    let filter = Filter {
        customer: Some(customer),
        ..Filter::default()
    };
    let own = Scope::Own {
        customer: Some(customer),
        secret: None,
    };
    list(ctx, &own, &filter, args).await
}

async fn find(ctx: &Context<'_>, by: OrderBy) -> Result<Option<Order>, AppError> {
    match by {
        OrderBy::Id(id) => Order::find(ctx, parse_id(&id, "by.id")?).await,
        OrderBy::Number(number) => {
            let call = call(ctx)?;
            let scope = Scope::orders(call.caller());
            let found = store::by_number(&call.read, &scope, &number).await?;
            Ok(found.map(Order))
        }
    }
}

async fn list(
    ctx: &Context<'_>,
    scope: &Scope,
    filter: &Filter,
    args: &PageArgs,
) -> Result<OrderConnection, AppError> {
    let call = call(ctx)?;
    let page = Page::new(&format!("orders:{filter:?}"), args)?;
    let cut = lists::page(&call.read, scope, filter, &page).await?;
    let total = if ctx.look_ahead().field("totalCount").exists() {
        let counted = lists::count(&call.read, scope, filter).await?;
        Some(int(i64::try_from(counted).unwrap_or(i64::MAX)))
    } else {
        None
    };
    Ok(OrderConnection::of(&page, cut, lists::key, Order, total))
}
