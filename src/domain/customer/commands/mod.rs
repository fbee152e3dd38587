//! The verbs of customers: their profile and their address book.

pub mod add_address;
pub mod remove_address;
pub mod sign_up;
pub mod update;
pub mod update_address;

pub use add_address::AddAddress;
pub use remove_address::RemoveAddress;
pub use sign_up::SignUp;
pub use update::Update;
pub use update_address::UpdateAddress;

use entity::customer_addresses::Model as AddressRow;
use entity::customers::Model;
use entity::id::{AddressId, CustomerId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::book::Slot;
use super::refusal::Refusal;
use super::store;
use crate::kernel::error::Stop;
use crate::write::{Entry, Event, Write};

/// What was done to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressDone {
    /// Whose book.
    pub customer: CustomerId,
    /// Which address.
    pub address: AddressId,
}

/// Locks the caller's own profile.
async fn lock_own(w: &Write) -> Result<Model, Stop> {
    let customer = w.caller().customer().ok_or(Refusal::NoCustomer)?;
    let row = store::lock(w, customer).await?;
    Ok(row.ok_or(Refusal::NoCustomer)?)
}

fn slots(book: &[AddressRow]) -> Vec<Slot> {
    let slot = |row: &AddressRow| Slot {
        id: row.id,
        is_default: row.is_default,
    };
    book.iter().map(slot).collect()
}

/// The address of the book, as the client has seen it.
fn seen(
    book: &[AddressRow],
    id: AddressId,
    expected_version: Option<i64>,
) -> Result<&AddressRow, Refusal> {
    let row = book.iter().find(|row| row.id == id);
    let row = row.ok_or(Refusal::NoAddress)?;
    match expected_version {
        Some(seen) if seen != row.version => Err(Refusal::Changed {
            current: row.version,
        }),
        _ => Ok(row),
    }
}

/// Records what was done to an address of the book.
fn record(w: &mut Write, done: &AddressDone, action: &'static str, event: &'static str) {
    let names = json!({ "address": done.address });
    let id = done.customer.uuid();
    w.audit(Entry::new("customer", id, action).changes(names.clone()));
    w.emit(Event::new("customer", id, event, names));
}
