//! What leaves one location together for an order.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{FulfillmentId, LocationId, OrderId};
use crate::words::words;

/// One fulfillment.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fulfillments")]
pub struct Model {
    /// Names the fulfillment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FulfillmentId,
    /// The order.
    pub order_id: OrderId,
    /// The location.
    pub location_id: LocationId,
    /// Order within the order, from 1.
    pub position: i64,
    /// Where it is in its life.
    pub state: State,
    /// The carrier's number.
    pub tracking_number: Option<String>,
    /// Who carries it.
    pub carrier: Option<String>,
    /// Where to follow it.
    pub tracking_url: Option<String>,
    /// When it was packed.
    pub packed_at: Option<DateTimeUtc>,
    /// When it went out.
    pub shipped_at: Option<DateTimeUtc>,
    /// When it arrived.
    pub delivered_at: Option<DateTimeUtc>,
    /// Counts the changes from 1; a writer says which one it has seen.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it changed last.
    pub updated_at: DateTimeUtc,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

words! {
    /// The life of a fulfillment.
    State {
        Planned = "planned",
        Released = "released",
        Accepted = "accepted",
        Picking = "picking",
        Packed = "packed",
        Shipped = "shipped",
        Delivered = "delivered",
        ReadyForPickup = "ready_for_pickup",
        Collected = "collected",
        Exception = "exception",
        Rejected = "rejected",
        Cancelled = "cancelled",
        ReturnedToSender = "returned_to_sender",
    }
}
