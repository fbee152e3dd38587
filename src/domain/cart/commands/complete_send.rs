//! `cart.complete_send`: phase B of a completion. Notes that the provider is about to be asked, and
//! pins the stock: from now on we may have called.

use chrono::TimeDelta;
use entity::id::{OrderId, PaymentOperationId};
use serde::{Deserialize, Serialize};

use crate::domain::inventory::steps as inventory;
use crate::domain::order::steps as order;
use crate::domain::payment::steps as payment;
use crate::kernel::error::{Code, Refused, Stop};
use crate::kernel::permission::Permission;
use crate::kernel::scope::Scope;
use crate::write::processes::Lease;
use crate::write::{Before, Command, NothingPrepared, Write, processes};

/// The recovery point from which on we may have called.
pub const SENT: &str = "sent";

/// Notes that the provider is about to be asked.
#[derive(Debug, Serialize)]
pub struct CompleteSend {
    /// The order.
    pub order: OrderId,
    /// The authorization.
    pub operation: PaymentOperationId,
    /// The right to carry on.
    #[serde(skip)]
    pub lease: Lease,
    /// How long that right lasts from now.
    #[serde(skip)]
    pub lasts: TimeDelta,
}

/// Whether the provider may be asked now.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct MayCall {
    /// False where the lease was lost.
    pub go: bool,
}

impl Command for CompleteSend {
    const NAME: &'static str = "cart.complete_send";
    const PERMISSION: Permission = Permission::SystemJob;
    type Prepared = NothingPrepared;
    type Output = MayCall;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<MayCall, Stop> {
        if !processes::advance(w, self.lease, SENT, self.lasts).await? {
            return Ok(MayCall { go: false });
        }
        order::lock(w, &Scope::All, self.order, None).await?;
        inventory::pin(w, self.order, true).await?;
        if !payment::mark_sent(w, self.operation).await? {
            let message = "The authorization is resolved already.";
            return Err(Refused::new(Code::GuardFailed, message).into());
        }
        Ok(MayCall { go: true })
    }
}
