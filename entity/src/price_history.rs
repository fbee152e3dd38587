//! Every price that ever became valid. Append-only by trigger.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{ChannelId, PriceHistoryId, VariantId};

/// One change of a price.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_history")]
pub struct Model {
    /// Names the change.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PriceHistoryId,
    /// What.
    pub variant_id: VariantId,
    /// Where.
    pub channel_id: ChannelId,
    /// ISO 4217 code.
    pub currency: String,
    /// The price in minor units; none means withdrawn.
    pub amount_minor: Option<i64>,
    /// The price it is compared with, in minor units.
    pub compare_at_minor: Option<i64>,
    /// From when it was valid.
    pub valid_from: DateTimeUtc,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
