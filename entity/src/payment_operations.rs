//! Requests to payment providers, recorded before they are sent.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, Json, PrimaryKeyTrait,
};

use crate::id::{PaymentId, PaymentOperationId};
use crate::words::words;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_operations")]
pub struct Model {
    /// Names the request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaymentOperationId,
    /// The payment.
    pub payment_id: PaymentId,
    /// What is asked for.
    pub kind: Kind,
    /// How much, in minor units of the payment's currency.
    pub amount_minor: i64,
    /// The adapter that sends it.
    pub gateway: String,
    /// The idempotency key sent along; unique.
    pub provider_key: String,
    /// The provider's own id, once known.
    pub provider_ref: Option<String>,
    /// The provider's token for the means of payment; empty where none is needed.
    pub token: String,
    /// How it stands.
    pub state: State,
    /// Why the provider declined.
    pub decline_code: Option<String>,
    /// What the buyer has to do.
    #[sea_orm(column_type = "JsonBinary")]
    pub challenge: Option<Json>,
    /// Counts the attempts for the same purpose, from 1.
    pub attempt_no: i64,
    /// When it was sent.
    pub sent_at: Option<DateTimeUtc>,
    /// When its outcome was known.
    pub resolved_at: Option<DateTimeUtc>,
    /// When to ask the provider again.
    pub next_check_at: Option<DateTimeUtc>,
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
    /// What is asked of a provider.
    Kind {
        Authorize = "authorize",
        Capture = "capture",
        Void = "void",
        Refund = "refund",
    }
}

words! {
    /// How a request to a provider stands.
    State {
        Created = "created",
        Sent = "sent",
        ActionRequired = "action_required",
        Succeeded = "succeeded",
        Failed = "failed",
        Unknown = "unknown",
    }
}
