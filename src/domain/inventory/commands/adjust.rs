//! `stock.adjust`: so many pieces more or fewer lie at a location, and why.

use entity::id::{LocationId, VariantId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::domain::inventory::movement::{Movement, Reason};
use crate::domain::inventory::refusal::Refusal;
use crate::domain::inventory::store::hot::Restock;
use crate::domain::inventory::store::movements::{self, Cause};
use crate::domain::inventory::store::{levels, locations, policies};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::quantity;
use crate::write::{Before, Command, Entry, Event, KeyRule, NothingPrepared, Write};

/// The change.
#[derive(Debug, Serialize)]
pub struct StockAdjust {
    /// Of what.
    pub variant: VariantId,
    /// Where; the default location if none is named.
    pub location: Option<LocationId>,
    /// Pieces more, or fewer (below zero); not zero.
    pub delta: i64,
    /// Why.
    pub reason: Reason,
}

/// What was adjusted.
#[derive(Debug, Serialize, Deserialize)]
pub struct StockAdjusted {
    /// The variant.
    pub variant: VariantId,
    /// The location.
    pub location: LocationId,
}

impl Command for StockAdjust {
    const NAME: &'static str = "stock.adjust";
    const PERMISSION: Permission = Permission::StockManage;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = StockAdjusted;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<StockAdjusted, Stop> {
        if self.delta == 0 || self.delta.abs() > quantity::MAX {
            return Err(Refusal::NoSuchDelta.into());
        }
        let location = locations::open_for_stock(w.read(), self.location).await?;
        let limit = policies::lock_tracked(w, self.variant).await?;
        let change = Restock {
            variant: self.variant,
            location,
            delta: self.delta,
            expected: None,
        };
        let op = restock(w, change, limit, self.reason).await?;
        let changes = json!({
            "location": location, "delta": self.delta, "reason": self.reason, "operation": op,
        });
        let id = self.variant.uuid();
        w.audit(Entry::new("stock", id, Self::NAME).changes(changes.clone()));
        w.emit(Event::new("stock", id, "stock.adjusted", changes));
        Ok(StockAdjusted {
            variant: self.variant,
            location,
        })
    }
}

/// Books the change and defers the guarded statement to the end; gives the id of the booking.
pub(super) async fn restock(
    w: &mut Write,
    change: Restock,
    backorder_limit: i64,
    reason: Reason,
) -> Result<Uuid, Stop> {
    let level = (change.variant, change.location, backorder_limit);
    levels::ensure(w, &[level]).await?;
    let moved = Movement::change(
        change.variant,
        change.location,
        change.delta,
        reason.account(),
    );
    let by = w.caller().account().map(|id| ("account", id.uuid()));
    let cause = Cause {
        reason: reason.as_str(),
        by,
    };
    let op = movements::book(w, cause, &[moved]).await?;
    w.last(change);
    Ok(op)
}
