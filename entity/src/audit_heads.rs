//! The end of every aggregate's audit chain: hands out the next `seq` and the hash to build on.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait, Uuid,
};

/// One aggregate's chain.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_heads")]
pub struct Model {
    /// The noun, such as `order`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub aggregate_type: String,
    /// The id of the aggregate.
    #[sea_orm(primary_key, auto_increment = false)]
    pub aggregate_id: Uuid,
    /// `seq` of the newest entry.
    pub last_seq: i64,
    /// `entry_hash` of the newest entry, hex.
    pub last_hash: String,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
