//! Which command a caller's key has started, and what it answered.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, Json, PrimaryKeyTrait,
};

/// One key of one actor for one command.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// Who used the key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor: String,
    /// The key as the caller gave it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The name of the command.
    #[sea_orm(primary_key, auto_increment = false)]
    pub command: String,
    /// SHA-256 of the input, hex: the same key with another input is refused.
    pub fingerprint: String,
    /// The stored answer; empty while the command runs.
    #[sea_orm(column_type = "JsonBinary")]
    pub outcome: Option<Json>,
    /// The request that came first.
    pub request_id: Option<String>,
    /// When the key was first seen.
    pub created_at: DateTimeUtc,
    /// When it may be forgotten.
    pub expires_at: DateTimeUtc,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
