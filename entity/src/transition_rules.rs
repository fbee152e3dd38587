//! Which steps a state machine allows; the triggers on state columns read it. Filled from the
//! tables of the code by `rialto migrate`.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

/// One allowed step.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transition_rules")]
pub struct Model {
    /// The machine, such as `order`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub machine: String,
    /// The state it leads from.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_state: String,
    /// The verb.
    #[sea_orm(primary_key, auto_increment = false)]
    pub action: String,
    /// The state it leads to. One action from one state has one target.
    pub to_state: String,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
