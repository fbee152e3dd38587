//! How a variant's stock is treated.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::VariantId;
use crate::words::words;

/// One variant's policy.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_policies")]
pub struct Model {
    /// The variant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    /// Whether it is counted at all.
    pub tracked: bool,
    /// Whether one may sell more than there is.
    pub oversell: Oversell,
    /// How long an unpaid order holds it, in seconds.
    pub hold_ttl_s: i64,
    /// Counts the changes from 1; a writer says which one it has seen.
    pub version: i64,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

words! {
    /// Whether one may sell more than there is.
    Oversell {
        Deny = "deny",
        Backorder = "backorder",
        Preorder = "preorder",
    }
}
