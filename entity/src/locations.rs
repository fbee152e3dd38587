//! Places that hold stock.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::LocationId;
use crate::words::words;

/// One location.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "locations")]
pub struct Model {
    /// Names the location.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LocationId,
    /// Unique.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// What sort of place.
    pub kind: Kind,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Whether orders may be served from it.
    pub active: bool,
    /// The one that is meant when none is named.
    pub is_default: bool,
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
    /// What sort of place.
    Kind {
        Warehouse = "warehouse",
        Store = "store",
        Dropship = "dropship",
        Returns = "returns",
        Transit = "transit",
    }
}
