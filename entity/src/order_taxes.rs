//! The taxes of an order by rate, as an invoice lists them.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::OrderId;

/// One rate's sum in minor units of the order's currency.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_taxes")]
pub struct Model {
    /// The order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// Order in the list.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// As an invoice calls it.
    pub name: String,
    /// The rate in millionths.
    pub rate_ppm: i64,
    /// What is taxed.
    pub base_minor: i64,
    /// The tax.
    pub tax_minor: i64,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
