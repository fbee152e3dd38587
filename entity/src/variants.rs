//! What one buys, prices and counts.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{ProductId, VariantId};

/// One variant.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variants")]
pub struct Model {
    /// Names the variant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VariantId,
    /// The product it is a variant of.
    pub product_id: ProductId,
    /// The merchant's number; unique.
    pub sku: String,
    /// GTIN or the like.
    pub barcode: Option<String>,
    /// Its option values in words.
    pub title: String,
    /// Order within the product.
    pub position: i64,
    /// Weight with packing, in grams.
    pub weight_grams: Option<i64>,
    /// Whether it has to be sent.
    pub requires_shipping: bool,
    /// Whether it can be bought.
    pub active: bool,
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
