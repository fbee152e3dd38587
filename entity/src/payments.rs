//! What is or was to be paid for an order. A CHECK keeps
//! `0 <= refunded <= captured <= authorized <= amount`.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{OrderId, PaymentId};
use crate::words::words;

/// One payment; amounts in minor units of `currency`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payments")]
pub struct Model {
    /// Names the payment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaymentId,
    /// The order.
    pub order_id: OrderId,
    /// How it is paid.
    pub method: Method,
    /// The adapter that talks to the provider.
    pub gateway: String,
    /// ISO 4217 code.
    pub currency: String,
    /// What was asked for.
    pub amount_minor: i64,
    /// Of that, authorized.
    pub authorized_minor: i64,
    /// Of that, captured.
    pub captured_minor: i64,
    /// Of that, refunded.
    pub refunded_minor: i64,
    /// Whether the authorization was given back.
    pub voided: bool,
    /// Where it is in its life.
    pub state: State,
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
    /// How an order is paid.
    Method {
        Card = "card",
        Invoice = "invoice",
    }
}

words! {
    /// The life of a payment.
    State {
        Created = "created",
        Authorizing = "authorizing",
        ActionRequired = "action_required",
        Unknown = "unknown",
        Authorized = "authorized",
        PartiallyCaptured = "partially_captured",
        Captured = "captured",
        PartiallyRefunded = "partially_refunded",
        Refunded = "refunded",
        Voided = "voided",
        Failed = "failed",
    }
}
