//! The values an option can take.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::{OptionId, OptionValueId};

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_option_values")]
pub struct Model {
    /// Names the value.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OptionValueId,
    /// The option.
    pub option_id: OptionId,
    /// Such as "M"; unique within the option.
    pub value: String,
    /// Order within the option.
    pub position: i64,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
