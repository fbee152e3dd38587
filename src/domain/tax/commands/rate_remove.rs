//! `tax_rate.remove`: a class of goods is no longer taxed at a place by a rate of its own.

use entity::id::TaxRateId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::tax::refusal::Refusal;
use crate::domain::tax::store;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// The rate to remove.
#[derive(Debug, Serialize)]
pub struct TaxRateRemove {
    /// Which one.
    pub rate: TaxRateId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
}

/// The rate that was removed.
#[derive(Debug, Serialize, Deserialize)]
pub struct TaxRateRemoved {
    /// Its id.
    pub rate: TaxRateId,
}

impl Command for TaxRateRemove {
    const NAME: &'static str = "tax_rate.remove";
    const PERMISSION: Permission = Permission::TaxManage;
    type Prepared = NothingPrepared;
    type Output = TaxRateRemoved;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<TaxRateRemoved, Stop> {
        let row = store::lock(w, self.rate).await?;
        let row = row.ok_or(Refusal::UnknownRate)?;
        let current = row.version;
        if self.expected_version.is_some_and(|seen| seen != current) {
            return Err(Refusal::Stale { current }.into());
        }
        store::remove(w, row.id).await?;
        let changes = json!({
            "taxClass": row.tax_class_id, "country": row.country, "region": row.region,
            "wasPpm": row.rate_ppm,
        });
        let id = row.id.uuid();
        w.audit(Entry::new("tax_rate", id, Self::NAME).changes(changes.clone()));
        w.emit(Event::new("tax_rate", id, "tax_rate.removed", changes));
        Ok(TaxRateRemoved { rate: row.id })
    }
}
