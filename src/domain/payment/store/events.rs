//! The SQL of provider notices: kept as they came, each once.

use entity::provider_events::{ActiveModel, Column, Entity};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::Value;

use crate::kernel::error::Fault;
use crate::write::Write;

/// A notice with what came of it.
#[derive(Clone, Debug)]
pub struct Received<'a> {
    /// Who sent it.
    pub provider: &'a str,
    /// The provider's id of it.
    pub event_id: &'a str,
    /// Our key of what it is about.
    pub object_ref: &'a str,
    /// As the provider names it.
    pub event_type: &'a str,
    /// What it said.
    pub payload: Value,
    /// What came of it.
    pub result: &'static str,
}

/// Keeps a notice; false where it came before.
pub async fn keep(w: &Write, notice: Received<'_>) -> Result<bool, Fault> {
    let row = ActiveModel {
        provider: Set(notice.provider.to_owned()),
        event_id: Set(notice.event_id.to_owned()),
        object_ref: Set(notice.object_ref.to_owned()),
        event_type: Set(notice.event_type.to_owned()),
        payload: Set(notice.payload),
        received_at: Set(w.real()),
        processed_at: Set(Some(w.real())),
        result: Set(Some(notice.result.to_owned())),
    };
    let once = OnConflict::columns([Column::Provider, Column::EventId])
        .do_nothing()
        .to_owned();
    let rows = Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(w)
        .await?;
    Ok(rows == 1)
}
