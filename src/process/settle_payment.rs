//! Takes authorized money: calls the provider with the operation's id as key, and reports back
//! through the door.

use entity::processes::Model as Process;

use super::{House, operation};
use crate::domain::payment::steps;
use crate::kernel::error::Stop;

/// The kind of its row.
pub const KIND: &str = steps::SETTLE_PAYMENT;

/// Takes the capture as far as it goes now.
pub async fn resume(house: &House, process: &Process) -> Result<(), Stop> {
    operation::carry_out(house, process, |gateway, _, request| {
        gateway.capture(request)
    })
    .await
}
