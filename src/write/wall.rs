//! The clock of the wall, and how far the sandbox has moved business time ahead of it.
//!
//! The offset stands in one row that all processes read; `sandbox.clock_advance` moves it, so
//! that a front-end developer sees a return window close without waiting.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{TimeDelta, Utc};
use entity::sandbox_clocks::{ActiveModel, Column, Entity};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::audit::Entry;
use super::command::{Before, Command, NothingPrepared};
use super::outbox::Event;
use super::session::Write;
use crate::db::Reader;
use crate::kernel::clock::{Clock, Instant, to_micros};
use crate::kernel::error::{Fault, Refused, Stop};
use crate::kernel::permission::Permission;

/// Furthest the sandbox clock goes: ten years.
const LIMIT_MS: i64 = 10 * 366 * 24 * 3_600 * 1_000;

/// Tells the time of the wall, moved by the sandbox's offset for business.
#[derive(Debug, Default)]
pub struct WallClock {
    offset_ms: AtomicI64,
    refreshes: Mutex<()>,
}

impl WallClock {
    /// Reads the offset that all processes share.
    pub async fn refresh(&self, read: &Reader) -> Result<(), Fault> {
        // One after the other, so that what is kept is what was read last.
        let _turn = self.refreshes.lock().await;
        let offset = Entity::find_by_id(1)
            .one(read)
            .await?
            .map_or(0, |row| row.offset_ms);
        self.offset_ms.store(offset, Ordering::Relaxed);
        Ok(())
    }
}

impl Clock for WallClock {
    fn now(&self) -> Instant {
        self.real() + TimeDelta::milliseconds(self.offset_ms.load(Ordering::Relaxed))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    fn real(&self) -> Instant {
        to_micros(Utc::now())
    }
}

/// Moves business time ahead. Only the sandbox offers it.
#[derive(Debug, Serialize)]
pub struct ClockAdvance {
    /// By so many seconds, from 1 on.
    pub seconds: i64,
}

/// Where the sandbox clock stands.
#[derive(Debug, Serialize, Deserialize)]
pub struct ClockAdvanced {
    /// Milliseconds ahead of the wall.
    pub offset_ms: i64,
}

impl Command for ClockAdvance {
    const NAME: &'static str = "sandbox.clock_advance";
    const PERMISSION: Permission = Permission::SandboxClock;
    type Prepared = NothingPrepared;
    type Output = ClockAdvanced;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<ClockAdvanced, Stop> {
        let before = Entity::find_by_id(1)
            .one(w.read())
            .await?
            .map_or(0, |row| row.offset_ms);
        let offset_ms = self
            .seconds
            .checked_mul(1_000)
            .and_then(|ms| before.checked_add(ms));
        let offset_ms = offset_ms
            .filter(|offset| self.seconds >= 1 && *offset <= LIMIT_MS)
            .ok_or_else(|| {
                Refused::invalid("input.seconds", "From 1 second up to ten years in all.")
            })?;
        let row = ActiveModel {
            id: Set(1),
            offset_ms: Set(offset_ms),
            updated_at: Set(w.real()),
        };
        let newer = OnConflict::column(Column::Id)
            .update_columns([Column::OffsetMs, Column::UpdatedAt])
            .to_owned();
        Entity::insert(row)
            .on_conflict(newer)
            .exec_without_returning(w)
            .await?;
        let changes = json!({ "offsetMs": offset_ms });
        w.audit(Entry::new("sandbox", Uuid::nil(), Self::NAME).changes(changes.clone()));
        w.emit(Event::new(
            "sandbox",
            Uuid::nil(),
            "sandbox.clock_advanced",
            changes,
        ));
        Ok(ClockAdvanced { offset_ms })
    }
}
