//! How an order is delivered, as it was when it was placed.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::{DeliveryMethodId, OrderId};

/// One order's delivery; amounts in minor units of the order's currency.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_deliveries")]
pub struct Model {
    /// The order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// The method.
    pub delivery_method_id: DeliveryMethodId,
    /// Its code then.
    pub code: String,
    /// Its name then.
    pub name: String,
    /// What was charged, as shown to the buyer.
    pub price_minor: i64,
    /// The charge without tax.
    pub net_minor: i64,
    /// The tax on it.
    pub tax_minor: i64,
    /// The charge with tax.
    pub gross_minor: i64,
    /// The rate in millionths.
    pub tax_rate_ppm: i64,
    /// Working days at best.
    pub min_days: i64,
    /// Working days at worst.
    pub max_days: i64,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
