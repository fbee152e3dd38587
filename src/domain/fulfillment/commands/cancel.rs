//! `fulfillment.cancel`: its pieces are not to leave together after all. They stay promised to the
//! order and can go into another fulfillment.

use entity::id::FulfillmentId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::fulfillment::steps::{self, Act};
use crate::domain::fulfillment::store::Note;
use crate::domain::order::steps::{self as order, Progress};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::text::Reason;
use crate::write::{Before, Command, KeyRule, NothingPrepared, Write};

/// What is not to leave.
#[derive(Debug, Serialize)]
pub struct FulfillmentCancel {
    /// Which fulfillment.
    pub fulfillment: FulfillmentId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// Why, in the words of who cancels.
    pub reason: Reason,
}

/// The fulfillment that was cancelled.
#[derive(Debug, Serialize, Deserialize)]
pub struct FulfillmentCancelled {
    /// Its id.
    pub fulfillment: FulfillmentId,
}

impl Command for FulfillmentCancel {
    const NAME: &'static str = "fulfillment.cancel";
    const PERMISSION: Permission = Permission::FulfillmentManage;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = FulfillmentCancelled;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<FulfillmentCancelled, Stop> {
        let locked = steps::lock(w, self.fulfillment, self.expected_version, "cancel").await?;
        let order = locked.row.order_id;
        let act = Act {
            transition: "cancel",
            name: Self::NAME,
            reason: Some(self.reason.as_str().to_owned()),
            changes: json!({}),
        };
        steps::advance(w, &locked, Note::Cancelled, act).await?;
        order::fulfillment_moved(w, order, Progress::Withdrawn, &locked.lines()).await?;
        Ok(FulfillmentCancelled {
            fulfillment: self.fulfillment,
        })
    }
}
