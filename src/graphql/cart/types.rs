//! `Cart`.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::carts;
use entity::id::{CartId, CustomerId};

use super::delivery::DeliveryOption;
use super::line::{CartLine, CartLineConnection};
use super::loaders::{ById, OfferedIn, OrderOf, Priced, PricedOf};
use super::readiness::CartReadiness;
use super::totals::CartTotals;
use crate::domain::cart::facts::{self, Basket};
use crate::domain::cart::{delivery, readiness, store};
use crate::graphql::address::PostalAddress;
use crate::graphql::buyer::{Attribution, Contact};
use crate::graphql::channel::Channel;
use crate::graphql::connection::page_args;
use crate::graphql::context::call;
use crate::graphql::customer::Customer;
use crate::graphql::error::AppError;
use crate::graphql::loader::{fetch, load};
use crate::graphql::order::Order;
use crate::graphql::scalar::DateTime;
use crate::graphql::user_error::int;
use crate::kernel::error::{Code, Fault, Refused};
use crate::kernel::money;
use crate::kernel::page::{Cut, Page};
use crate::kernel::scope::Scope;

/// Where a cart is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "carts::State")]
pub enum CartState {
    /// Open: it can be changed.
    Active,
    /// At the till: an order is being placed, nothing can be changed.
    CheckingOut,
    /// It has an order.
    Ordered,
    /// Left alone for a while.
    Abandoned,
    /// Its lines went into another cart.
    Merged,
    /// Too old.
    Expired,
}

/// What somebody is about to buy.
#[derive(Clone, Debug)]
pub struct Cart(pub carts::Model);

impl Cart {
    /// The cart with that id, if the caller may see it.
    pub async fn find(ctx: &Context<'_>, id: CartId) -> Result<Option<Self>, AppError> {
        let scope = Scope::carts(call(ctx)?.caller());
        Ok(load(ctx, ById(scope, id)).await?.map(Self))
    }

    /// The cart of a verb's output.
    pub async fn by_id(ctx: &Context<'_>, id: CartId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "carts",
            column: "id",
            id: id.to_string(),
        };
        let row = fetch(ctx, ById(Scope::All, id)).await?;
        Ok(Self(row.ok_or_else(missing)?))
    }

    /// The cart that a customer was last at in the channel in use.
    pub async fn active_of(
        ctx: &Context<'_>,
        customer: CustomerId,
    ) -> Result<Option<Self>, AppError> {
        let call = call(ctx)?;
        let Some(channel) = &call.channel else {
            return Ok(None);
        };
        let row = store::active_of(&call.read, customer, channel.id).await?;
        Ok(row.map(Self))
    }

    async fn priced(&self, ctx: &Context<'_>) -> Result<Arc<Priced>, AppError> {
        let priced = load(ctx, PricedOf(self.0.clone())).await?;
        Ok(priced.ok_or_else(|| Fault::bug("a cart without facts"))?)
    }
}

/// What somebody is about to buy. Seen by its customer, by who brings its secret in `X-Cart-Token`,
/// and by support.
#[Object]
impl Cart {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Counts changes; give it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// Where it is in its life.
    async fn state(&self) -> CartState {
        self.0.state.into()
    }

    /// Where it buys.
    async fn channel(&self, ctx: &Context<'_>) -> Result<Channel, AppError> {
        Ok(Channel::by_id(ctx, self.0.channel_id).await?)
    }

    /// The language of the buyer, a tag such as `de-CH`.
    async fn language(&self) -> &str {
        &self.0.language
    }

    /// Whose it is; null for a guest's.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer, AppError>> {
        Customer::find(ctx, self.0.customer_id?).await.transpose()
    }

    /// The order that it has become or is becoming, as far as the caller may see it: a guest needs
    /// the order's own secret, which `cartComplete` gives.
    async fn order(&self, ctx: &Context<'_>) -> Option<Result<Order, AppError>> {
        order(ctx, self.0.id).await.transpose()
    }

    /// Its lines in the order in which they came; without arguments all of them, at most 250.
    async fn lines(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<CartLineConnection, AppError> {
        let lines = CartLine::all(&self.priced(ctx).await?);
        let total = i32::try_from(lines.len()).ok();
        let everything = first.is_none() && last.is_none() && after.is_none() && before.is_none();
        let list = format!("cart.lines:{}", self.0.id);
        let page = Page::new(&list, &page_args(first, after, last, before))?;
        let cut = if everything {
            whole(lines)
        } else {
            part(&page, lines)
        };
        Ok(CartLineConnection::of(
            &page,
            cut,
            CartLine::key,
            |line| line,
            total,
        ))
    }

    /// What it costs now.
    async fn totals(&self, ctx: &Context<'_>) -> Result<CartTotals, AppError> {
        let priced = self.priced(ctx).await?;
        let message = "The sums of this cart are larger than any price can be.";
        let too_large = || Refused::new(Code::LimitExceeded, message);
        Ok(CartTotals::of(priced.quote.as_ref().ok_or_else(too_large)?))
    }

    /// What is still missing before it can be completed.
    async fn readiness(&self, ctx: &Context<'_>) -> Result<CartReadiness, AppError> {
        let priced = self.priced(ctx).await?;
        Ok(CartReadiness::of(readiness::missing(&priced.facts)))
    }

    /// How to reach the buyer.
    async fn contact(&self, ctx: &Context<'_>) -> Option<Result<Contact, AppError>> {
        let contact = |one: &facts::Contact| Contact {
            email: one.email.clone(),
            phone: one.phone.clone(),
        };
        let priced = self.priced(ctx).await;
        priced
            .map(|priced| priced.facts.basket.contact.as_ref().map(contact))
            .transpose()
    }

    /// Where it goes.
    async fn shipping_address(&self, ctx: &Context<'_>) -> Option<Result<PostalAddress, AppError>> {
        let address = |basket: &Basket| basket.shipping.as_ref().map(PostalAddress::from);
        let priced = self.priced(ctx).await;
        priced
            .map(|priced| address(&priced.facts.basket))
            .transpose()
    }

    /// Who pays; null where that is who gets it.
    async fn billing_address(&self, ctx: &Context<'_>) -> Option<Result<PostalAddress, AppError>> {
        let address = |basket: &Basket| basket.billing.as_ref().map(PostalAddress::from);
        let priced = self.priced(ctx).await;
        priced
            .map(|priced| address(&priced.facts.basket))
            .transpose()
    }

    /// The delivery that was chosen, with what it costs.
    async fn delivery_method(&self, ctx: &Context<'_>) -> Option<Result<DeliveryOption, AppError>> {
        let option = |priced: Arc<Priced>| {
            let chosen = priced.facts.basket.delivery.as_ref()?;
            Some(DeliveryOption::of(chosen, priced.goods()))
        };
        self.priced(ctx).await.map(option).transpose()
    }

    /// The deliveries that can be chosen, in the order in which they are offered. Before there is a
    /// shipping address all of the channel.
    async fn available_delivery_methods(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Vec<DeliveryOption>, AppError> {
        let priced = self.priced(ctx).await?;
        let offered = load(ctx, OfferedIn(self.0.channel_id)).await?;
        let offered = offered.unwrap_or_default();
        let goods = priced.goods();
        let options = delivery::options(&priced.facts.basket, &offered);
        let option = |one| DeliveryOption::of(one, goods);
        Ok(options.into_iter().map(option).collect())
    }

    /// The campaign that brought the buyer.
    async fn attribution(&self) -> Attribution {
        Attribution {
            source: self.0.campaign_source.clone(),
            medium: self.0.campaign_medium.clone(),
            name: self.0.campaign_name.clone(),
        }
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When its buyer changed something last.
    async fn last_active_at(&self) -> DateTime {
        DateTime(self.0.last_active_at)
    }
}

async fn order(ctx: &Context<'_>, cart: CartId) -> Result<Option<Order>, AppError> {
    match load(ctx, OrderOf(cart)).await? {
        Some(order) => Order::find(ctx, order).await,
        None => Ok(None),
    }
}

impl Priced {
    /// The value of the goods, by which deliveries may be free.
    fn goods(&self) -> money::Money {
        let zero = || money::Money::zero(self.facts.basket.market.currency);
        self.quote
            .as_ref()
            .map_or_else(zero, |quote| quote.subtotal)
    }
}

fn whole(lines: Vec<CartLine>) -> Cut<CartLine> {
    Cut {
        rows: lines,
        has_previous: false,
        has_next: false,
    }
}

/// The rows of a page, out of all of them; the edge is a place.
fn part(page: &Page, lines: Vec<CartLine>) -> Cut<CartLine> {
    let edge = page
        .edge
        .as_ref()
        .and_then(|key| key.first()?.parse::<usize>().ok());
    let limit = usize::try_from(page.probe()).unwrap_or(usize::MAX);
    let numbered = lines.into_iter().enumerate();
    let rows: Vec<CartLine> = if page.backward {
        let before = |(place, _): &(usize, CartLine)| edge.is_none_or(|edge| *place < edge);
        let mut rows: Vec<_> = numbered.filter(before).map(|(_, line)| line).collect();
        rows.reverse();
        rows
    } else {
        let after = |(place, _): &(usize, CartLine)| edge.is_none_or(|edge| *place > edge);
        numbered.filter(after).map(|(_, line)| line).collect()
    };
    page.cut(rows.into_iter().take(limit).collect())
}
