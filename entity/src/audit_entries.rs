//! The audit trail: who did what to which aggregate, each entry chained to the one before.
//! Append-only by trigger. Carries references, never personal data.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, Json, PrimaryKeyTrait, Uuid,
};

use crate::id::AuditEntryId;

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub struct Model {
    /// Names the entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEntryId,
    /// The noun, such as `order`.
    pub aggregate_type: String,
    /// The id of the aggregate.
    pub aggregate_id: Uuid,
    /// Counts the entries of the aggregate from 1.
    pub seq: i64,
    /// When it happened.
    pub occurred_at: DateTimeUtc,
    /// What sort of actor: customer, staff, guest, system.
    pub actor_kind: String,
    /// The account, where there is one.
    pub actor_id: Option<Uuid>,
    /// The account for whom the actor acted.
    pub on_behalf_of: Option<Uuid>,
    /// How the actor proved who it is.
    pub auth_method: String,
    /// The verb, such as `cancel`.
    pub action: String,
    /// The state before, if the verb moved it.
    pub from_state: Option<String>,
    /// The state after, if the verb moved it.
    pub to_state: Option<String>,
    /// Why, as the actor said.
    pub reason: Option<String>,
    /// The request it came with.
    pub request_id: Option<String>,
    /// SHA-256 of the idempotency key, hex.
    pub idempotency_key_hash: Option<String>,
    /// The approval that allowed it.
    pub approval_id: Option<Uuid>,
    /// What changed, by field.
    #[sea_orm(column_type = "JsonBinary")]
    pub changes: Json,
    /// `entry_hash` of the entry before, hex; empty for the first.
    pub prev_hash: String,
    /// SHA-256 over the canonical form of this entry, hex.
    pub entry_hash: String,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
