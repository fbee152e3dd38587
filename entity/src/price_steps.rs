//! How each price came about, step by step. Append-only by trigger.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, Json, PrimaryKeyTrait, Uuid,
};

/// One step; amounts in minor units of the owner's currency.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_steps")]
pub struct Model {
    /// Whose price: `order`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_type: String,
    /// The id of that.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: Uuid,
    /// Position of the line; 0 for the whole.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line_no: i64,
    /// Counts the steps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// The stage of the waterfall.
    pub stage: String,
    /// What sort of rule acted.
    pub rule_type: String,
    /// The rule, where it has a row.
    pub rule_id: Option<Uuid>,
    /// What it acted on.
    pub basis_minor: i64,
    /// What it added; negative for a reduction.
    pub delta_minor: i64,
    /// What came out.
    pub result_minor: i64,
    /// Why, as a code.
    pub reason_code: String,
    /// The rule's numbers.
    #[sea_orm(column_type = "JsonBinary")]
    pub params: Json,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
