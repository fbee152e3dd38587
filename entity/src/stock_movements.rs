//! Every movement of stock: it leaves one account and enters another. Append-only by trigger.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait, Uuid,
};

use crate::id::{LocationId, MovementId, VariantId};

/// One line of a movement.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_movements")]
pub struct Model {
    /// Names the line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MovementId,
    /// The operation it is part of.
    pub op_id: Uuid,
    /// Its number within the operation.
    pub line_no: i64,
    /// What moved.
    pub variant_id: VariantId,
    /// Where.
    pub location_id: LocationId,
    /// The account it left, such as `sellable`.
    pub from_account: String,
    /// The account it entered, such as `committed`.
    pub to_account: String,
    /// Pieces, at least 1.
    pub quantity: i64,
    /// Why, as a code.
    pub reason: String,
    /// The noun that caused it.
    pub ref_type: Option<String>,
    /// The id of that.
    pub ref_id: Option<Uuid>,
    /// When it happened.
    pub occurred_at: DateTimeUtc,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
