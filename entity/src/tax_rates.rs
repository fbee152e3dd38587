//! What a class of goods is taxed where.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{TaxClassId, TaxRateId};

/// One rate.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_rates")]
pub struct Model {
    /// Names the rate.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TaxRateId,
    /// The class of goods.
    pub tax_class_id: TaxClassId,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Region within the country; empty for all of it.
    pub region: String,
    /// As an invoice calls it, such as "VAT".
    pub name: String,
    /// The rate in millionths: 200000 is 20 %.
    pub rate_ppm: i64,
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
