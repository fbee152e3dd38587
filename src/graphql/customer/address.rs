//! `CustomerAddress`: an entry of an address book.

use async_graphql::{Context, ID, Object};
use entity::customer_addresses;

use super::loaders::BookOf;
use crate::domain::customer::commands::AddressDone;
use crate::graphql::loader::fetch;
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;

/// An address in a customer's book.
#[derive(Clone, Debug)]
pub struct CustomerAddress(pub customer_addresses::Model);

impl CustomerAddress {
    /// The address that something was done to; nothing if it has gone meanwhile.
    pub async fn of(ctx: &Context<'_>, done: &AddressDone) -> Result<Option<Self>, Fault> {
        let book = fetch(ctx, BookOf(done.customer)).await?.unwrap_or_default();
        let row = book.into_iter().find(|row| row.id == done.address);
        Ok(row.map(Self))
    }
}

/// An address in a customer's book.
#[Object]
impl CustomerAddress {
    /// Global id.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Given name; empty for who has one name only.
    async fn first_name(&self) -> &str {
        &self.0.first_name
    }

    /// Family name.
    async fn last_name(&self) -> &str {
        &self.0.last_name
    }

    /// Company.
    async fn company(&self) -> Option<&str> {
        self.0.company.as_deref()
    }

    /// Street and number.
    async fn line1(&self) -> &str {
        &self.0.line1
    }

    /// What else the carrier needs.
    async fn line2(&self) -> Option<&str> {
        self.0.line2.as_deref()
    }

    /// Town.
    async fn city(&self) -> &str {
        &self.0.city
    }

    /// State or province.
    async fn region(&self) -> Option<&str> {
        self.0.region.as_deref()
    }

    /// Postal code; empty where the country has none.
    async fn postal_code(&self) -> &str {
        &self.0.postal_code
    }

    /// Country, ISO 3166-1 alpha-2.
    async fn country(&self) -> &str {
        &self.0.country
    }

    /// Telephone for the carrier.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }

    /// Whether carts begin with it.
    async fn is_default(&self) -> bool {
        self.0.is_default
    }

    /// Counts changes; give it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }
}
