//! `fulfillment.deliver`: the parcel has arrived. With the last one the order is complete, once it
//! is paid.

use entity::id::FulfillmentId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::fulfillment::steps::{self, Act};
use crate::domain::fulfillment::store::Note;
use crate::domain::order::steps::{self as order, Progress};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, KeyRule, NothingPrepared, Write};

/// What has arrived.
#[derive(Debug, Serialize)]
pub struct FulfillmentDeliver {
    /// Which fulfillment.
    pub fulfillment: FulfillmentId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
}

/// The fulfillment that was delivered.
#[derive(Debug, Serialize, Deserialize)]
pub struct FulfillmentDelivered {
    /// Its id.
    pub fulfillment: FulfillmentId,
}

impl Command for FulfillmentDeliver {
    const NAME: &'static str = "fulfillment.deliver";
    const PERMISSION: Permission = Permission::FulfillmentManage;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = FulfillmentDelivered;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<FulfillmentDelivered, Stop> {
        let locked = steps::lock(w, self.fulfillment, self.expected_version, "deliver").await?;
        let order = locked.row.order_id;
        let act = Act {
            transition: "deliver",
            name: Self::NAME,
            reason: None,
            changes: json!({}),
        };
        steps::advance(w, &locked, Note::Delivered, act).await?;
        order::fulfillment_moved(w, order, Progress::Delivered, &locked.lines()).await?;
        Ok(FulfillmentDelivered {
            fulfillment: self.fulfillment,
        })
    }
}
