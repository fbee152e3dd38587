//! Classes of goods that are taxed alike; a product names one.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::TaxClassId;

/// One class.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_classes")]
pub struct Model {
    /// Names the class.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TaxClassId,
    /// Unique.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The one that a product gets when it names none.
    pub is_default: bool,
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
