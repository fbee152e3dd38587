//! `fulfillment.pack`: its pieces are in a parcel.

use entity::id::FulfillmentId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::fulfillment::steps::{self, Act};
use crate::domain::fulfillment::store::Note;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, NothingPrepared, Write};

/// What was packed.
#[derive(Debug, Serialize)]
pub struct FulfillmentPack {
    /// Which fulfillment.
    pub fulfillment: FulfillmentId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
}

/// The fulfillment that is packed.
#[derive(Debug, Serialize, Deserialize)]
pub struct FulfillmentPacked {
    /// Its id.
    pub fulfillment: FulfillmentId,
}

impl Command for FulfillmentPack {
    const NAME: &'static str = "fulfillment.pack";
    const PERMISSION: Permission = Permission::FulfillmentManage;
    type Prepared = NothingPrepared;
    type Output = FulfillmentPacked;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<FulfillmentPacked, Stop> {
        let locked = steps::lock(w, self.fulfillment, self.expected_version, "pack").await?;
        let act = Act {
            transition: "pack",
            name: Self::NAME,
            reason: None,
            changes: json!({}),
        };
        steps::advance(w, &locked, Note::Packed, act).await?;
        Ok(FulfillmentPacked {
            fulfillment: self.fulfillment,
        })
    }
}
