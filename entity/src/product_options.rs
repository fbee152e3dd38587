//! What the variants of a product differ in.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::{OptionId, ProductId};

/// One option.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_options")]
pub struct Model {
    /// Names the option.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OptionId,
    /// The product.
    pub product_id: ProductId,
    /// Such as "Size"; unique within the product.
    pub name: String,
    /// Order within the product.
    pub position: i64,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
