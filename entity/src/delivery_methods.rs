//! The ways to deliver that a channel offers.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, Json, PrimaryKeyTrait,
};

use crate::id::{ChannelId, DeliveryMethodId, TaxClassId};
use crate::words::words;

/// One way.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery_methods")]
pub struct Model {
    /// Names the method.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeliveryMethodId,
    /// The channel that offers it.
    pub channel_id: ChannelId,
    /// Unique within the channel.
    pub code: String,
    /// What the buyer reads.
    pub name: String,
    /// How its price comes about.
    pub kind: Kind,
    /// The price in minor units.
    pub price_minor: i64,
    /// Value of goods from which it is free, in minor units.
    pub free_over_minor: Option<i64>,
    /// ISO 4217 code, that of the channel.
    pub currency: String,
    /// How it is taxed.
    pub tax_class_id: TaxClassId,
    /// List of country codes; empty for all of the channel.
    #[sea_orm(column_type = "JsonBinary")]
    pub countries: Json,
    /// Working days at best.
    pub min_days: i64,
    /// Working days at worst.
    pub max_days: i64,
    /// Whether it is offered.
    pub active: bool,
    /// Order in which it is offered.
    pub position: i64,
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

words! {
    /// How the price of a delivery comes about.
    Kind {
        FlatRate = "flat_rate",
        FreeOver = "free_over",
    }
}
