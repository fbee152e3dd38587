//! Where one sells: currency, taxes, rounding and languages of a market.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::ChannelId;
use crate::words::words;

/// One channel.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channels")]
pub struct Model {
    /// Names the channel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChannelId,
    /// What the header `X-Channel` says; unique.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// ISO 4217 code of every price and order in it.
    pub currency: String,
    /// Whether its prices contain tax.
    pub tax_mode: TaxMode,
    /// Where tax is rounded.
    pub tax_rounding: TaxRounding,
    /// How a half is rounded.
    pub rounding_mode: RoundingMode,
    /// BCP 47 tag.
    pub default_language: String,
    /// ISO 3166-1 alpha-2 code, for taxes before an address is known.
    pub default_country: String,
    /// The one channel that is meant without a header.
    pub is_default: bool,
    /// Whether one can buy in it.
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

words! {
    /// Whether prices contain tax.
    TaxMode {
        Inclusive = "inclusive",
        Exclusive = "exclusive",
    }
}

words! {
    /// Where tax is rounded.
    TaxRounding {
        Line = "line",
        Document = "document",
    }
}

words! {
    /// How a half is rounded.
    RoundingMode {
        HalfUp = "half_up",
        HalfEven = "half_even",
        HalfDown = "half_down",
    }
}
