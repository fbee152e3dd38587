//! Postal addresses as clients send them.

use async_graphql::{InputObject, SimpleObject};

use crate::kernel::address::{Address, AddressText};
use crate::kernel::error::Refused;

/// A postal address.
#[derive(Clone, Debug, InputObject)]
pub struct AddressInput {
    /// Given name.
    first_name: Option<String>,
    /// Family name, or the only one.
    last_name: String,
    /// Company.
    company: Option<String>,
    /// Street and number.
    line1: String,
    /// What else the carrier needs.
    line2: Option<String>,
    /// Town.
    city: String,
    /// State or province.
    region: Option<String>,
    /// Postal code; demanded where the country has them.
    postal_code: Option<String>,
    /// Country, ISO 3166-1 alpha-2.
    country: String,
    /// Telephone for the carrier: 5 to 15 digits.
    phone: Option<String>,
}

impl AddressInput {
    /// Checks every field; `path` as in `input.address`.
    pub fn read(&self, path: &str) -> Result<Address, Vec<Refused>> {
        let text = AddressText {
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            company: self.company.clone(),
            line1: self.line1.clone(),
            line2: self.line2.clone(),
            city: self.city.clone(),
            region: self.region.clone(),
            postal_code: self.postal_code.clone(),
            country: self.country.clone(),
            phone: self.phone.clone(),
        };
        Address::read(&text, path)
    }
}

/// A postal address.
#[derive(Clone, Debug, SimpleObject)]
pub struct PostalAddress {
    /// Given name; empty for who has one name only.
    pub first_name: String,
    /// Family name, or the only one.
    pub last_name: String,
    /// Company.
    pub company: Option<String>,
    /// Street and number.
    pub line1: String,
    /// What else the carrier needs.
    pub line2: Option<String>,
    /// Town.
    pub city: String,
    /// State or province.
    pub region: Option<String>,
    /// Postal code; empty where the country has none.
    pub postal_code: String,
    /// Country, ISO 3166-1 alpha-2.
    pub country: String,
    /// Telephone for the carrier.
    pub phone: Option<String>,
}

impl From<&Address> for PostalAddress {
    fn from(address: &Address) -> Self {
        Self {
            first_name: address.first_name.clone(),
            last_name: address.last_name.clone(),
            company: address.company.clone(),
            line1: address.line1.clone(),
            line2: address.line2.clone(),
            city: address.city.clone(),
            region: address.region.clone(),
            postal_code: address.postal_code.clone(),
            country: address.country.as_str().to_owned(),
            phone: address.phone.clone(),
        }
    }
}
