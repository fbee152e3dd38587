//! `fulfillment.ship`: the parcel has left. Its pieces leave the stock, and the first shipment asks
//! for the order's money.

use entity::id::{FulfillmentId, PaymentOperationId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::fulfillment::steps::{self, Act};
use crate::domain::fulfillment::store::Note;
use crate::domain::fulfillment::tracking::Tracking;
use crate::domain::inventory::steps as inventory;
use crate::domain::order::steps::{self as order, Progress};
use crate::domain::payment::steps as payment;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, KeyRule, NothingPrepared, Write};

/// What has left, and how it can be followed.
#[derive(Debug, Serialize)]
pub struct FulfillmentShip {
    /// Which fulfillment.
    pub fulfillment: FulfillmentId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// How the parcel can be followed.
    pub tracking: Tracking,
}

/// The fulfillment that was shipped.
#[derive(Debug, Serialize, Deserialize)]
pub struct FulfillmentShipped {
    /// Its id.
    pub fulfillment: FulfillmentId,
    /// Captures that the shipment has begun.
    pub captures: Vec<PaymentOperationId>,
}

impl Command for FulfillmentShip {
    const NAME: &'static str = "fulfillment.ship";
    const PERMISSION: Permission = Permission::FulfillmentManage;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = FulfillmentShipped;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<FulfillmentShipped, Stop> {
        let tracking = self.tracking.clone().checked()?;
        let locked = steps::lock(w, self.fulfillment, self.expected_version, "ship").await?;
        let (id, from) = (locked.row.order_id, locked.row.location_id);
        let captures = payment::capture_rest(w, id).await?;
        inventory::ship(w, id, from, &locked.positions()).await?;
        order::fulfillment_moved(w, id, Progress::Shipped, &locked.lines()).await?;
        let carrier = match &tracking {
            Tracking::Untracked => None,
            Tracking::Tracked { carrier, .. } => Some(carrier),
        };
        let act = Act {
            transition: "ship",
            name: Self::NAME,
            reason: None,
            changes: json!({ "carrier": carrier, "captures": captures }),
        };
        steps::advance(w, &locked, Note::Shipped(&tracking), act).await?;
        Ok(FulfillmentShipped {
            fulfillment: self.fulfillment,
            captures,
        })
    }
}
