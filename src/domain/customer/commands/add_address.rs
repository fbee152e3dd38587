//! `customer.address_add`: one more address in the caller's own book.

use serde::Serialize;

use super::{AddressDone, lock_own, record, slots};
use crate::domain::customer::{book, store};
use crate::kernel::address::Address;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, NothingPrepared, Write};

/// Adds an address.
#[derive(Debug, Serialize)]
pub struct AddAddress {
    /// The address.
    pub address: Address,
    /// Whether carts begin with it from now on; the first one does anyway.
    pub make_default: bool,
}

impl Command for AddAddress {
    const NAME: &'static str = "customer.address_add";
    const PERMISSION: Permission = Permission::CustomerSelf;
    type Prepared = NothingPrepared;
    type Output = AddressDone;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<AddressDone, Stop> {
        let customer = lock_own(w).await?.id;
        let rows = store::book(w, customer).await?;
        let is_default = book::add(&slots(&rows), self.make_default)?;
        let done = AddressDone {
            customer,
            address: w.id(),
        };
        store::insert_address(w, done.address, customer, &self.address, is_default).await?;
        if is_default {
            store::set_default(w, customer, done.address).await?;
        }
        record(w, &done, Self::NAME, "customer.address_added");
        Ok(done)
    }
}
