//! What a variant costs in a channel now; none means not for sale there.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{ChannelId, PriceId, VariantId};

/// One price.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "prices")]
pub struct Model {
    /// Names the price.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PriceId,
    /// What.
    pub variant_id: VariantId,
    /// Where.
    pub channel_id: ChannelId,
    /// ISO 4217 code, that of the channel.
    pub currency: String,
    /// The price in minor units.
    pub amount_minor: i64,
    /// The price it is compared with, in minor units.
    pub compare_at_minor: Option<i64>,
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
