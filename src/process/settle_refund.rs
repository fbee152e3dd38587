//! Gives money back, taken or only authorized: calls the provider with the operation's id as key,
//! and reports back through the door. A cancelled order starts it.

use entity::payment_operations::Kind;
use entity::processes::Model as Process;

use super::{House, operation};
use crate::domain::payment::steps;
use crate::kernel::error::Stop;

/// The kind of its row.
pub const KIND: &str = steps::SETTLE_REFUND;

/// Takes the void or refund as far as it goes now.
pub async fn resume(house: &House, process: &Process) -> Result<(), Stop> {
    operation::carry_out(house, process, |gateway, kind, request| match kind {
        Kind::Void => gateway.void(request),
        Kind::Refund | Kind::Capture | Kind::Authorize => gateway.refund(request),
    })
    .await
}
