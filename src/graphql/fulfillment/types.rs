//! `Fulfillment` and what it contains.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::fulfillments;
use entity::id::{FulfillmentId, OrderId};

use super::loaders::{ById, LinesOf, OfOrder};
use crate::domain::fulfillment::state::{Facts, MACHINE};
use crate::graphql::connection::connection;
use crate::graphql::context::call;
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::graphql::inventory::Location;
use crate::graphql::loader::{fetch, load};
use crate::graphql::order::{Order, OrderLine};
use crate::graphql::scalar::DateTime;
use crate::graphql::transition::AvailableTransition;
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;
use crate::kernel::scope::Scope;

/// Where a fulfillment is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "fulfillments::State")]
pub enum FulfillmentState {
    /// It is meant to leave from somewhere.
    Planned,
    /// Its location can begin.
    Released,
    /// Its location has taken it on.
    Accepted,
    /// Its pieces are being fetched.
    Picking,
    /// Its pieces are in a parcel.
    Packed,
    /// The parcel has left.
    Shipped,
    /// The parcel has arrived.
    Delivered,
    /// It waits at the counter.
    ReadyForPickup,
    /// It was fetched at the counter.
    Collected,
    /// Something is wrong with it.
    Exception,
    /// Its location does not take it on.
    Rejected,
    /// It was called off; its pieces can go into another one.
    Cancelled,
    /// The carrier brought it back.
    ReturnedToSender,
}

/// How a parcel can be followed.
#[derive(Clone, Debug, SimpleObject)]
pub struct FulfillmentTracking {
    /// The carrier's number.
    pub number: String,
    /// Who carries it.
    pub carrier: Option<String>,
    /// Where to follow it.
    pub url: Option<String>,
}

/// Pieces of an order's line in a fulfillment.
#[derive(Clone, Debug, SimpleObject)]
pub struct FulfillmentLine {
    /// The line of the order.
    pub order_line: OrderLine,
    /// Pieces of it.
    pub quantity: i32,
}

/// Pieces of an order that leave one location together.
#[derive(Clone, Debug)]
pub struct Fulfillment(pub fulfillments::Model);

impl Fulfillment {
    /// The fulfillment with that id, if the caller may see its order.
    pub async fn find(ctx: &Context<'_>, id: FulfillmentId) -> Result<Option<Self>, AppError> {
        let scope = Scope::orders(call(ctx)?.caller());
        Ok(load(ctx, ById(scope, id)).await?.map(Self))
    }

    /// The fulfillment of a verb's output.
    pub async fn by_id(ctx: &Context<'_>, id: FulfillmentId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "fulfillments",
            column: "id",
            id: id.to_string(),
        };
        let row = fetch(ctx, ById(Scope::All, id)).await?;
        Ok(Self(row.ok_or_else(missing)?))
    }

    /// The fulfillments of an order that the caller has seen, in their order.
    pub async fn of_order(ctx: &Context<'_>, order: OrderId) -> Result<Vec<Self>, AppError> {
        let rows = load(ctx, OfOrder(order)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Self).collect())
    }
}

/// Pieces of an order that leave one location together. Seen by whoever sees the order.
#[Object]
impl Fulfillment {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Its place among the fulfillments of the order, from 1.
    async fn position(&self) -> i32 {
        int(self.0.position)
    }

    /// The order.
    async fn order(&self, ctx: &Context<'_>) -> Result<Order, AppError> {
        Ok(Order::by_id(ctx, self.0.order_id).await?)
    }

    /// Where it is in its life.
    async fn state(&self) -> FulfillmentState {
        self.0.state.into()
    }

    /// What it contains, at most 250 lines.
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<FulfillmentLine>, AppError> {
        let contained = load(ctx, LinesOf(self.0.id)).await?.unwrap_or_default();
        let lines = Order::by_id(ctx, self.0.order_id)
            .await?
            .all_lines(ctx)
            .await?;
        let mine = lines.into_iter().filter_map(|order_line| {
            let mut contained = contained.iter();
            let part = contained.find(|part| part.order_line_id == order_line.key())?;
            Some(FulfillmentLine {
                order_line,
                quantity: int(part.quantity),
            })
        });
        Ok(mine.collect())
    }

    /// Where it leaves from.
    #[graphql(guard = "gate::stock_read", visible = "see::stock_read")]
    async fn location(&self, ctx: &Context<'_>) -> Result<Location, AppError> {
        Ok(Location::by_id(ctx, self.0.location_id).await?)
    }

    /// How the parcel can be followed; null where it cannot, or has not left.
    async fn tracking(&self) -> Option<FulfillmentTracking> {
        Some(FulfillmentTracking {
            number: self.0.tracking_number.clone()?,
            carrier: self.0.carrier.clone(),
            url: self.0.tracking_url.clone(),
        })
    }

    /// When it was packed.
    async fn packed_at(&self) -> Option<DateTime> {
        self.0.packed_at.map(DateTime)
    }

    /// When it left.
    async fn shipped_at(&self) -> Option<DateTime> {
        self.0.shipped_at.map(DateTime)
    }

    /// When it arrived.
    async fn delivered_at(&self) -> Option<DateTime> {
        self.0.delivered_at.map(DateTime)
    }

    /// What can be done next by whoever asks, and what stands in the way.
    async fn available_transitions(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Vec<AvailableTransition>, AppError> {
        let order = Order::by_id(ctx, self.0.order_id).await?.0.state;
        let role = call(ctx)?.role();
        let available = MACHINE.available(self.0.state, role, &Facts { order });
        Ok(available.into_iter().map(Into::into).collect())
    }

    /// Counts changes; give it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of fulfillments.
    FulfillmentConnection, FulfillmentEdge, Fulfillment
}
