//! `customer.address_update`: replaces an address of the caller's own book.

use entity::id::AddressId;
use serde::Serialize;

use super::{AddressDone, lock_own, record, seen};
use crate::domain::customer::store;
use crate::kernel::address::Address;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, NothingPrepared, Write};

/// Replaces an address, makes it the default, or both.
#[derive(Debug, Serialize)]
pub struct UpdateAddress {
    /// Which one.
    pub address: AddressId,
    /// The address as it shall be; nothing leaves it as it is.
    pub replacement: Option<Address>,
    /// Whether carts begin with it from now on.
    pub make_default: bool,
    /// The version the client has seen.
    pub expected_version: Option<i64>,
}

impl Command for UpdateAddress {
    const NAME: &'static str = "customer.address_update";
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
        if let Some(address) = &self.replacement
            && !store::update_address(w, row.id, row.version, address).await?
        {
            return Err(Stop::Stale);
        }
        let moves_default = self.make_default && !row.is_default;
        if moves_default {
            store::set_default(w, customer, row.id).await?;
        }
        if self.replacement.is_some() || moves_default {
            record(w, &done, Self::NAME, "customer.address_updated");
        }
        Ok(done)
    }
}
