//! Events for the world outside, written in the transaction of their change.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, Json, PrimaryKeyTrait, Uuid,
};

use crate::id::EventId;

/// One event. In SeaORM its key is `id`; the database orders by `position`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_events")]
pub struct Model {
    /// Names the event; a consumer drops repetitions by it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    /// Where a reader resumes: a rowid on SQLite, the transaction's id on PostgreSQL.
    /// Given by the database, never set.
    pub position: i64,
    /// The noun, such as `order`.
    pub aggregate_type: String,
    /// The id of the aggregate.
    pub aggregate_id: Uuid,
    /// Its place among the events of the aggregate, from 1 without a gap.
    pub seq: i64,
    /// Such as `order.cancelled`.
    pub event_type: String,
    /// The version of the form of `data`.
    pub schema_version: i32,
    /// When it happened.
    pub occurred_at: DateTimeUtc,
    /// The event's body.
    #[sea_orm(column_type = "JsonBinary")]
    pub data: Json,
    /// `entry_hash` of the last audit entry of the same change, hex.
    pub audit_hash: String,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
