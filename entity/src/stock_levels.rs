//! What is where, and how much of it is promised. A CHECK keeps `committed` within what can be
//! sold: `on_hand - unavailable - safety + backorder_limit + ack_shortfall`.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{LocationId, VariantId};

/// A variant at a location; all quantities in pieces.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_levels")]
pub struct Model {
    /// The variant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    /// The location.
    #[sea_orm(primary_key, auto_increment = false)]
    pub location_id: LocationId,
    /// Lying there, sellable or not.
    pub on_hand: i64,
    /// Of that: damaged, quarantined, in inspection.
    pub unavailable: i64,
    /// Of that: kept back from selling.
    pub safety: i64,
    /// Held and allocated together.
    pub committed: i64,
    /// How much may be promised beyond what is there.
    pub backorder_limit: i64,
    /// Promises that a count or correction has broken and somebody has acknowledged.
    pub ack_shortfall: i64,
    /// Counts the changes from 1; a writer says which one it has seen.
    pub version: i64,
    /// When it changed last.
    pub updated_at: DateTimeUtc,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
