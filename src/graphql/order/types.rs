//! `Order` and its enums.

use async_graphql::{Context, Enum, ID, Object};
use entity::id::OrderId;
use entity::order_addresses::Kind;
use entity::orders;

use super::line::OrderLine;
use super::loaders::{AddressesOf, ById, ContactOf, DeliveryOf, LinesOf, StandingOf, TaxesOf};
use super::parts::{OrderDelivery, OrderTotals};
use super::timeline::{self, OrderEventConnection};
use crate::domain::order::state::{Facts, MACHINE};
use crate::domain::order::store::moves::pieces;
use crate::graphql::address::PostalAddress;
use crate::graphql::buyer::{Attribution, Contact};
use crate::graphql::channel::Channel;
use crate::graphql::connection::{connection, page_args};
use crate::graphql::context::call;
use crate::graphql::customer::Customer;
use crate::graphql::error::AppError;
use crate::graphql::fulfillment::Fulfillment;
use crate::graphql::guard::{gate, see};
use crate::graphql::loader::{fetch, load};
use crate::graphql::payment::Payment;
use crate::graphql::scalar::{CurrencyCode, DateTime};
use crate::graphql::transition::AvailableTransition;
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;
use crate::kernel::money::{Currency, Money};
use crate::kernel::scope::Scope;

/// Where an order is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "orders::State")]
pub enum OrderState {
    /// It waits for its payment, or for finance to approve its invoice.
    PendingPayment,
    /// Staff looks at it; nothing is sent.
    OnHold,
    /// It is paid for, and its stock is set aside.
    Confirmed,
    /// Parcels are being made.
    InFulfillment,
    /// Everything has arrived and is paid.
    Completed,
    /// It was called off.
    Cancelled,
    /// Its payment was refused; the cart can try again, as another order.
    PaymentFailed,
}

/// How far an order is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "orders::PaymentStatus")]
pub enum OrderPaymentStatus {
    /// Nothing is certain yet.
    Pending,
    /// The money is set aside for us.
    Authorized,
    /// Some of it was taken.
    PartiallyPaid,
    /// All of it was taken.
    Paid,
    /// Some of it was paid back.
    PartiallyRefunded,
    /// All of it was paid back.
    Refunded,
    /// It was given back untouched.
    Voided,
    /// It was refused.
    Failed,
}

/// How far an order has gone out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "orders::FulfillmentStatus")]
pub enum OrderFulfillmentStatus {
    /// Nothing has left the house.
    Unfulfilled,
    /// Some of it has.
    PartiallyFulfilled,
    /// All of it has.
    Fulfilled,
    /// All of it has arrived.
    Delivered,
}

/// How far an order has come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "orders::ReturnStatus")]
pub enum OrderReturnStatus {
    /// Nothing is to come back.
    None,
    /// Somebody wants to return something.
    Requested,
    /// Some of it has come back.
    PartiallyReturned,
    /// All of it has come back.
    Returned,
}

/// What somebody has bought.
#[derive(Clone, Debug)]
pub struct Order(pub orders::Model);

impl Order {
    /// The order with that id, if the caller may see it.
    pub async fn find(ctx: &Context<'_>, id: OrderId) -> Result<Option<Self>, AppError> {
        let scope = Scope::orders(call(ctx)?.caller());
        Ok(load(ctx, ById(scope, id)).await?.map(Self))
    }

    /// The order of a verb's output, or of a row that names it.
    pub async fn by_id(ctx: &Context<'_>, id: OrderId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "orders",
            column: "id",
            id: id.to_string(),
        };
        let row = fetch(ctx, ById(Scope::All, id)).await?;
        Ok(Self(row.ok_or_else(missing)?))
    }

    /// Its lines, in their order.
    pub async fn all_lines(&self, ctx: &Context<'_>) -> Result<Vec<OrderLine>, AppError> {
        let lines = load(ctx, LinesOf(self.0.id)).await?.unwrap_or_default();
        let currency = self.currency_of()?;
        let line = |row| OrderLine::new(row, currency);
        Ok(lines.into_iter().map(line).collect())
    }

    fn currency_of(&self) -> Result<Currency, Fault> {
        self.0.currency.parse().map_err(|_| Fault::Corrupt {
            table: "orders",
            column: "currency",
            id: self.0.id.to_string(),
        })
    }

    async fn address(
        &self,
        ctx: &Context<'_>,
        kind: Kind,
    ) -> Result<Option<PostalAddress>, AppError> {
        let all = load(ctx, AddressesOf(self.0.id)).await?.unwrap_or_default();
        let mut same = all.into_iter().filter(|one| one.kind == kind);
        Ok(same.next().map(PostalAddress::from))
    }
}

/// What somebody has bought, as it was when they did. Seen by its customer, by who brings its
/// secret in `X-Order-Token`, and by staff.
#[Object]
impl Order {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What people call it: `R1001`.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// Counts changes; give it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// Where it is in its life.
    async fn state(&self) -> OrderState {
        self.0.state.into()
    }

    /// How far it is paid.
    async fn payment_status(&self) -> OrderPaymentStatus {
        self.0.payment_status.into()
    }

    /// How far it has gone out.
    async fn fulfillment_status(&self) -> OrderFulfillmentStatus {
        self.0.fulfillment_status.into()
    }

    /// How far it has come back.
    async fn return_status(&self) -> OrderReturnStatus {
        self.0.return_status.into()
    }

    /// Where it was bought.
    async fn channel(&self, ctx: &Context<'_>) -> Result<Channel, AppError> {
        Ok(Channel::by_id(ctx, self.0.channel_id).await?)
    }

    /// Who bought it; null for a guest, and for staff that has no business with customers.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer, AppError>> {
        Customer::find(ctx, self.0.customer_id?).await.transpose()
    }

    /// The currency of all its amounts.
    async fn currency(&self) -> Result<CurrencyCode, AppError> {
        Ok(CurrencyCode(self.currency_of()?))
    }

    /// The language of the buyer, a tag such as `de-CH`.
    async fn language(&self) -> &str {
        &self.0.language
    }

    /// What was bought, at most 250 lines.
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<OrderLine>, AppError> {
        self.all_lines(ctx).await
    }

    /// Its fulfillments, in the order in which they were made; those that were cancelled too.
    async fn fulfillments(&self, ctx: &Context<'_>) -> Result<Vec<Fulfillment>, AppError> {
        Fulfillment::of_order(ctx, self.0.id).await
    }

    /// What it comes to.
    async fn totals(&self, ctx: &Context<'_>) -> Result<OrderTotals, AppError> {
        let taxes = load(ctx, TaxesOf(self.0.id)).await?.unwrap_or_default();
        Ok(OrderTotals::of(&self.0, &taxes, self.currency_of()?))
    }

    /// How it is delivered; null where nothing has to be sent.
    async fn delivery(&self, ctx: &Context<'_>) -> Option<Result<OrderDelivery, AppError>> {
        let delivery = async || -> Result<Option<OrderDelivery>, AppError> {
            let currency = self.currency_of()?;
            let row = load(ctx, DeliveryOf(self.0.id)).await?;
            Ok(row.map(|row| OrderDelivery::of(row, currency)))
        };
        delivery().await.transpose()
    }

    /// How to reach the buyer; null for staff that has no business with customers.
    async fn contact(&self, ctx: &Context<'_>) -> Option<Result<Contact, AppError>> {
        let contact = async || -> Result<Option<Contact>, AppError> {
            if call(ctx)?.role().is_staff() && !see::customer_read(ctx) {
                return Ok(None);
            }
            let row = load(ctx, ContactOf(self.0.id)).await?;
            Ok(row.map(Contact::from))
        };
        contact().await.transpose()
    }

    /// Where it goes; null where nothing has to be sent.
    async fn shipping_address(&self, ctx: &Context<'_>) -> Option<Result<PostalAddress, AppError>> {
        self.address(ctx, Kind::Shipping).await.transpose()
    }

    /// Who pays, where that differs from where it goes.
    async fn billing_address(&self, ctx: &Context<'_>) -> Option<Result<PostalAddress, AppError>> {
        self.address(ctx, Kind::Billing).await.transpose()
    }

    /// Its payments, oldest first; those that failed too. Empty for staff that may not read them.
    async fn payments(&self, ctx: &Context<'_>) -> Result<Vec<Payment>, AppError> {
        if call(ctx)?.role().is_staff() && !see::payment_read(ctx) {
            return Ok(Vec::new());
        }
        Payment::of_order(ctx, self.0.id).await
    }

    /// What can be done next by whoever asks, and what stands in the way.
    async fn available_transitions(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Vec<AvailableTransition>, AppError> {
        let (standing, lines) = futures_util::try_join!(
            load(ctx, StandingOf(self.0.id)),
            load(ctx, LinesOf(self.0.id)),
        )?;
        let pieces = pieces(&lines.unwrap_or_default());
        let facts = Facts::of(self.0.total_minor, &standing.unwrap_or_default(), pieces);
        let role = call(ctx)?.role();
        let available = MACHINE.available(self.0.state, role, &facts);
        Ok(available.into_iter().map(Into::into).collect())
    }

    /// What has happened to it, to its payments and to its parcels, oldest first. Buyers see the
    /// milestones, staff that may read the audit sees everything.
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<OrderEventConnection, AppError> {
        timeline::read(ctx, self.0.id, &page_args(first, after, last, before)).await
    }

    /// The campaign that brought the buyer.
    #[graphql(guard = "gate::order_read", visible = "see::order_read")]
    async fn attribution(&self) -> Attribution {
        Attribution::from(&self.0)
    }

    /// Why it is on hold; null where it is not.
    #[graphql(guard = "gate::order_hold", visible = "see::order_hold")]
    async fn hold_reason(&self) -> Option<&str> {
        self.0.hold_reason.as_deref()
    }

    /// Why it was cancelled, in the words of who did it.
    async fn cancel_reason(&self) -> Option<&str> {
        self.0.cancel_reason.as_deref()
    }

    /// When it was placed.
    async fn placed_at(&self) -> DateTime {
        DateTime(self.0.placed_at)
    }

    /// When it was confirmed.
    async fn confirmed_at(&self) -> Option<DateTime> {
        self.0.confirmed_at.map(DateTime)
    }

    /// When everything had arrived and was paid.
    async fn completed_at(&self) -> Option<DateTime> {
        self.0.completed_at.map(DateTime)
    }

    /// When it was cancelled.
    async fn cancelled_at(&self) -> Option<DateTime> {
        self.0.cancelled_at.map(DateTime)
    }
}

connection! {
    /// A page of orders.
    OrderConnection, OrderEdge, Order
}

/// Minor units of a currency, as the API shows them.
pub fn money(minor: i64, currency: Currency) -> crate::graphql::money::Money {
    Money::new(minor, currency).into()
}
