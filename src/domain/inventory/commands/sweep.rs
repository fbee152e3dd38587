//! `inventory.sweep`: gives back what was held for orders that were not paid in time.
//!
//! Until it runs, lapsed holds still count: too little is sold for a moment, never too much. Two
//! sweeps at once take different holds. A hold whose payment has an unknown outcome is pinned and
//! does not lapse.

use std::collections::BTreeMap;

use entity::id::VariantId;
use entity::reservations::{Model, State};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::inventory::steps;
use crate::domain::inventory::store::{policies, reservations};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// Holds that one sweep takes at most.
const AT_ONCE: u64 = 500;

/// Expire what has lapsed by now.
#[derive(Debug, Serialize)]
pub struct InventorySweep {}

/// How much was given back.
#[derive(Debug, Serialize, Deserialize)]
pub struct InventorySwept {
    /// Holds that have ended.
    pub expired: usize,
    /// Whether there may be more to sweep at once.
    pub more: bool,
}

impl Command for InventorySweep {
    const NAME: &'static str = "inventory.sweep";
    const PERMISSION: Permission = Permission::SystemJob;
    type Prepared = NothingPrepared;
    type Output = InventorySwept;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<InventorySwept, Stop> {
        let seen = reservations::lapsing(w.read(), w.now(), AT_ONCE).await?;
        if seen.is_empty() {
            return Ok(InventorySwept {
                expired: 0,
                more: false,
            });
        }
        let more = u64::try_from(seen.len()).is_ok_and(|rows| rows == AT_ONCE);
        let variants: Vec<_> = seen.iter().map(|row| row.variant_id).collect();
        policies::lock_variants(w, &variants).await?;
        let ids: Vec<_> = seen.iter().map(|row| row.id).collect();
        let lapsed = reservations::lock_lapsing(w, &ids).await?;
        steps::give_back(w, &lapsed, State::Expired, "expire").await?;
        tell(w, &lapsed);
        Ok(InventorySwept {
            expired: lapsed.len(),
            more,
        })
    }
}

/// One entry and one event for each variant.
fn tell(w: &mut Write, lapsed: &[Model]) {
    let mut by_variant: BTreeMap<VariantId, Vec<&Model>> = BTreeMap::new();
    for row in lapsed {
        by_variant.entry(row.variant_id).or_default().push(row);
    }
    for (variant, rows) in by_variant {
        let reservations: Vec<_> = rows.iter().map(|row| row.id).collect();
        let quantity: i64 = rows.iter().map(|row| row.quantity).sum();
        let data = json!({ "reservations": reservations, "quantity": quantity });
        let entry = Entry::new("stock", variant.uuid(), InventorySweep::NAME);
        w.audit(entry.changes(data.clone()));
        w.emit(Event::new(
            "stock",
            variant.uuid(),
            "stock.holds_expired",
            data,
        ));
    }
}
