//! The history of an order.

use async_graphql::{Context, ID, Json, Object};
use entity::audit_entries::Model;
use entity::id::OrderId;
use serde_json::Value;

use super::loaders::StandingOf;
use crate::domain::order::store::timeline;
use crate::domain::order::timeline::Viewer;
use crate::graphql::connection::connection;
use crate::graphql::context::call;
use crate::graphql::error::AppError;
use crate::graphql::fulfillment::OfOrder;
use crate::graphql::guard::{gate, see};
use crate::graphql::loader::load;
use crate::graphql::scalar::DateTime;
use crate::kernel::page::{Page, PageArgs};

/// Something that has happened to an order, or to what belongs to it.
#[derive(Clone, Debug)]
pub struct OrderEvent(Model);

/// Something that has happened to an order, to one of its payments or to one of its parcels.
#[Object]
impl OrderEvent {
    /// Names the event.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.occurred_at)
    }

    /// To what: `order`, `payment` or `fulfillment`.
    async fn subject(&self) -> &str {
        &self.0.aggregate_type
    }

    /// What was done, as in `order.cancel`, `payment.capture`, `fulfillment.ship`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The state before, where it changed.
    async fn from(&self) -> Option<&str> {
        self.0.from_state.as_deref()
    }

    /// The state after, where it changed.
    async fn to(&self) -> Option<&str> {
        self.0.to_state.as_deref()
    }

    /// Who did it: `guest`, `customer`, `staff` or `system`.
    #[graphql(guard = "gate::audit_read", visible = "see::audit_read")]
    async fn actor_kind(&self) -> &str {
        &self.0.actor_kind
    }

    /// The account that did it.
    #[graphql(guard = "gate::audit_read", visible = "see::audit_read")]
    async fn actor_id(&self) -> Option<ID> {
        let account = entity::id::AccountId::from_uuid(self.0.actor_id?);
        Some(account.to_string().into())
    }

    /// Why, in the words of who did it.
    #[graphql(guard = "gate::audit_read", visible = "see::audit_read")]
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The request that did it, as in our logs.
    #[graphql(guard = "gate::audit_read", visible = "see::audit_read")]
    async fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// What changed besides the state: references and figures.
    #[graphql(guard = "gate::audit_read", visible = "see::audit_read")]
    async fn changes(&self) -> Json<Value> {
        Json(self.0.changes.clone())
    }
}

connection! {
    /// A page of an order's history.
    OrderEventConnection, OrderEventEdge, OrderEvent
}

/// One page of the history of an order that the caller sees.
pub async fn read(
    ctx: &Context<'_>,
    order: OrderId,
    args: &PageArgs,
) -> Result<OrderEventConnection, AppError> {
    let standing = load(ctx, StandingOf(order)).await?.unwrap_or_default();
    let parcels = load(ctx, OfOrder(order)).await?.unwrap_or_default();
    let payments = standing.payments.iter();
    let payments = payments.map(|one| ("payment", one.payment.uuid()));
    let parcels = parcels.iter().map(|one| ("fulfillment", one.id.uuid()));
    let of: Vec<_> = [("order", order.uuid())]
        .into_iter()
        .chain(payments)
        .chain(parcels)
        .collect();
    let viewer = if see::audit_read(ctx) {
        Viewer::Auditor
    } else {
        Viewer::Buyer
    };
    let page = Page::new(&format!("order.timeline:{order}"), args)?;
    let cut = timeline::page(&call(ctx)?.read, &of, viewer, &page).await?;
    Ok(OrderEventConnection::of(
        &page,
        cut,
        timeline::key,
        OrderEvent,
        None,
    ))
}
