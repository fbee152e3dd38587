//! The ledger: what moved between which accounts. Append-only by trigger; the entries of a
//! transaction sum to zero in each currency.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait, Uuid,
};

use crate::id::OrderId;

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "money_entries")]
pub struct Model {
    /// The transaction it is part of.
    #[sea_orm(primary_key, auto_increment = false)]
    pub txn_id: Uuid,
    /// Its number within the transaction.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// The account, such as `receivable`.
    pub account: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Signed amount in minor units: debit positive, credit negative.
    pub amount_minor: i64,
    /// The order it belongs to.
    pub order_id: Option<OrderId>,
    /// The noun that caused it.
    pub ref_type: String,
    /// The id of that.
    pub ref_id: Uuid,
    /// When it happened.
    pub occurred_at: DateTimeUtc,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
