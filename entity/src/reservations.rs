//! Stock that is promised to an order.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait, Uuid,
};

use crate::id::{ChannelId, LocationId, ReservationId, VariantId};
use crate::words::words;

/// One promise.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reservations")]
pub struct Model {
    /// Names the reservation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReservationId,
    /// For whom: `order`.
    pub owner_type: String,
    /// The id of the order.
    pub owner_id: Uuid,
    /// Position of the order's line.
    pub line_no: i64,
    /// What is promised.
    pub variant_id: VariantId,
    /// From where.
    pub location_id: LocationId,
    /// Share of a hot level; -1 for the level itself.
    pub bucket: i64,
    /// Through which channel.
    pub channel_id: ChannelId,
    /// Pieces, at least 1.
    pub quantity: i64,
    /// Where it is in its life.
    pub state: State,
    /// When a hold lapses; none for an allocation.
    pub expires_at: Option<DateTimeUtc>,
    /// A payment's outcome is unknown: it must not lapse.
    pub pinned: bool,
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
    /// The life of a reservation.
    State {
        Held = "held",
        Allocated = "allocated",
        Shipped = "shipped",
        Released = "released",
        Expired = "expired",
    }
}
