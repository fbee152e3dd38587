//! `customer.address_remove`: one address less in the caller's own book.

use entity::id::AddressId;
use serde::Serialize;

use super::{AddressDone, lock_own, record, seen, slots};
use crate::domain::customer::{book, store};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, NothingPrepared, Write};

/// Removes an address; if it was the default, the oldest that is left becomes it.
#[derive(Debug, Serialize)]
pub struct RemoveAddress {
    /// Which one.
    pub address: AddressId,
    /// The version the client has seen.
    pub expected_version: Option<i64>,
}

impl Command for RemoveAddress {
    const NAME: &'static str = "customer.address_remove";
    const PERMISSION: Permission = Permission::CustomerSelf;
    type Prepared = NothingPrepared;
    type Output = AddressDone;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<AddressDone, Stop> {
        let customer = lock_own(w).await?.id;
        let rows = store::book(w, customer).await?;
        let row = seen(&rows, self.address, self.expected_version)?;
        let done = AddressDone {
            customer,
            address: row.id,
        };
        store::delete_address(w, done.address).await?;
        if let Some(heir) = book::heir(&slots(&rows), done.address) {
            store::set_default(w, customer, heir).await?;
        }
        record(w, &done, Self::NAME, "customer.address_removed");
        Ok(done)
    }
}
