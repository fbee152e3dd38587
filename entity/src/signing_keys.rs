//! Keys that sign access tokens.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, Json, PrimaryKeyTrait,
};

use crate::words::words;

/// One key.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_keys")]
pub struct Model {
    /// Its id in the header of a token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kid: String,
    /// As JOSE names it, such as `ES256`.
    pub algorithm: String,
    /// The public half, as published.
    #[sea_orm(column_type = "JsonBinary")]
    pub public_jwk: Json,
    /// The private half, encrypted with the settings' secret key.
    pub private_sealed: String,
    /// Whether it signs.
    pub state: State,
    /// From when it signs.
    pub not_before: DateTimeUtc,
    /// From when it no longer verifies.
    pub retire_at: Option<DateTimeUtc>,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

words! {
    /// Whether a key signs.
    State {
        Active = "active",
        Retired = "retired",
    }
}
