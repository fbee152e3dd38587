//! Notices from payment providers, kept as they came; a repeated one is dropped by its key.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, Json, PrimaryKeyTrait,
};

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_events")]
pub struct Model {
    /// Who sent it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider: String,
    /// The provider's id of it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: String,
    /// The provider's id of what it is about.
    pub object_ref: String,
    /// As the provider names it.
    pub event_type: String,
    /// What it said.
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    /// When it came.
    pub received_at: DateTimeUtc,
    /// When it was dealt with.
    pub processed_at: Option<DateTimeUtc>,
    /// What came of it.
    pub result: Option<String>,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
