//! `stock.set`: so many pieces lie at a location, provided as many did as the caller thought.

use entity::id::{LocationId, VariantId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::adjust::restock;
use crate::domain::inventory::availability::WITHOUT_END;
use crate::domain::inventory::movement::Reason;
use crate::domain::inventory::refusal::Refusal;
use crate::domain::inventory::store::hot::Restock;
use crate::domain::inventory::store::{locations, policies};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::quantity;
use crate::write::{Before, Command, Entry, Event, KeyRule, NothingPrepared, Write};

/// The new figure.
#[derive(Debug, Serialize)]
pub struct StockSet {
    /// Of what.
    pub variant: VariantId,
    /// Where; the default location if none is named.
    pub location: Option<LocationId>,
    /// Pieces that lie there now, 0 to a million.
    pub quantity: i64,
    /// Pieces that lay there when the caller looked.
    pub expected_quantity: i64,
    /// Why.
    pub reason: Reason,
}

/// What was set.
#[derive(Debug, Serialize, Deserialize)]
pub struct StockWasSet {
    /// The variant.
    pub variant: VariantId,
    /// The location.
    pub location: LocationId,
}

impl Command for StockSet {
    const NAME: &'static str = "stock.set";
    const PERMISSION: Permission = Permission::StockManage;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = StockWasSet;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<StockWasSet, Stop> {
        if !(0..=quantity::MAX).contains(&self.quantity) {
            return Err(Refusal::NoSuchQuantity("input.quantity").into());
        }
        if !(0..=WITHOUT_END).contains(&self.expected_quantity) {
            return Err(Refusal::NoSuchQuantity("input.expectedQuantity").into());
        }
        let location = locations::open_for_stock(w.read(), self.location).await?;
        let limit = policies::lock_tracked(w, self.variant).await?;
        let change = Restock {
            variant: self.variant,
            location,
            delta: self.quantity - self.expected_quantity,
            expected: Some(self.expected_quantity),
        };
        let op = restock(w, change, limit, self.reason).await?;
        let changes = json!({
            "location": location, "quantity": self.quantity, "was": self.expected_quantity,
            "reason": self.reason, "operation": op,
        });
        let id = self.variant.uuid();
        w.audit(Entry::new("stock", id, Self::NAME).changes(changes.clone()));
        w.emit(Event::new("stock", id, "stock.set", changes));
        Ok(StockWasSet {
            variant: self.variant,
            location,
        })
    }
}
