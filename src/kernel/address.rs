//! A postal address as people write one: checked once, then carried by carts, orders and customers.
//!
//! Personal data: it is stored in tables of its own, and never in audit, events or logs.
//! Deliberately absent: whether a channel delivers there, and whether the street exists.

use serde::{Deserialize, Serialize};

use super::error::Refused;
use super::text::{self, Country, Phone, TextError};

/// An address as a client sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressText {
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
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
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// For the carrier.
    pub phone: Option<String>,
}

/// A checked address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// Given name; empty for who has one name only.
    pub first_name: String,
    /// Family name.
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
    /// Where it is.
    pub country: Country,
    /// For the carrier.
    pub phone: Option<String>,
}

/// Countries whose addresses have no postal code.
const WITHOUT_POSTAL_CODE: &[&str] = &[
    "AE", "AG", "AO", "AW", "BF", "BI", "BJ", "BO", "BS", "BW", "BZ", "CD", "CF", "CG", "CI", "CK",
    "CM", "DJ", "DM", "ER", "FJ", "GA", "GD", "GH", "GM", "GQ", "GY", "HK", "KI", "KM", "KN", "KP",
    "LY", "ML", "MO", "MR", "MW", "NR", "NU", "QA", "RW", "SB", "SC", "SL", "SR", "ST", "SY", "TD",
    "TG", "TK", "TL", "TO", "TV", "UG", "VU", "YE", "ZW",
];

impl Address {
    /// Checks every field and names all that do not hold; `at` is the path of the address, as in
    /// `input.shipping`.
    pub fn read(from: &AddressText, at: &str) -> Result<Self, Vec<Refused>> {
        let mut check = Check {
            at,
            refused: Vec::new(),
        };
        let country = check.field("country", Country::parse(from.country.trim()).map(Some));
        let no_code = country
            .as_ref()
            .is_some_and(|one| WITHOUT_POSTAL_CODE.contains(&one.as_str()));
        let postal_code = match &from.postal_code {
            Some(code) if no_code => check.field("postalCode", text::optional(code, 20).map(Some)),
            None if no_code => Some(String::new()),
            code => check.required("postalCode", code.as_deref().unwrap_or_default(), 20),
        };
        let phone = from.phone.as_deref().filter(|text| !text.trim().is_empty());
        let phone = phone.map(|text| Phone::parse(text).map(Phone::into_string));
        let address = Self {
            first_name: check
                .optional("firstName", from.first_name.as_deref(), 100)
                .unwrap_or_default(),
            last_name: check
                .required("lastName", &from.last_name, 100)
                .unwrap_or_default(),
            company: check.optional("company", from.company.as_deref(), 200),
            line1: check
                .required("line1", &from.line1, 200)
                .unwrap_or_default(),
            line2: check.optional("line2", from.line2.as_deref(), 200),
            city: check.required("city", &from.city, 100).unwrap_or_default(),
            region: check.optional("region", from.region.as_deref(), 100),
            phone: check.field("phone", phone.transpose()),
            postal_code: postal_code.unwrap_or_default(),
            country: match country {
                Some(country) => country,
                None => return Err(check.refused),
            },
        };
        if check.refused.is_empty() {
            Ok(address)
        } else {
            Err(check.refused)
        }
    }
}

struct Check<'a> {
    at: &'a str,
    refused: Vec<Refused>,
}

impl Check<'_> {
    fn required(&mut self, name: &str, text: &str, max: usize) -> Option<String> {
        self.field(name, text::line(text, max).map(Some))
    }

    /// Empty counts as not given.
    fn optional(&mut self, name: &str, text: Option<&str>, max: usize) -> Option<String> {
        let checked = text.map(|text| text::optional(text, max)).transpose();
        self.field(name, checked.map(|text| text.filter(|one| !one.is_empty())))
    }

    fn field<T>(&mut self, name: &str, checked: Result<Option<T>, TextError>) -> Option<T> {
        match checked {
            Ok(value) => value,
            Err(error) => {
                let path = format!("{}.{name}", self.at);
                self.refused
                    .push(Refused::invalid(&path, format!("{name} {error}.")));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> AddressText {
        AddressText {
            first_name: Some("Ada".into()),
            last_name: " Lovelace ".into(),
            line1: "St James's Square 12".into(),
            city: "London".into(),
            postal_code: Some("SW1Y 4JH".into()),
            country: "GB".into(),
            company: Some("  ".into()),
            phone: Some("+44 20 7946 0958".into()),
            ..AddressText::default()
        }
    }

    #[test]
    fn an_address_is_trimmed_and_what_is_blank_is_not_there() {
        let address = Address::read(&good(), "input.shipping").unwrap();
        assert_eq!(address.last_name, "Lovelace");
        assert_eq!(address.company, None);
        assert_eq!(address.phone.as_deref(), Some("+442079460958"));
    }

    #[test]
    fn every_field_that_does_not_hold_is_named_with_its_path() {
        let long = "a".repeat(5_000);
        let bad = AddressText {
            first_name: Some(long.clone()),
            last_name: " ".into(),
            company: Some(long.clone()),
            line1: long.clone(),
            line2: Some("a\u{7}".into()),
            city: String::new(),
            region: Some(long.clone()),
            postal_code: Some(long),
            country: "Germany".into(),
            phone: Some("call me".into()),
        };
        let refused = Address::read(&bad, "input.shipping").unwrap_err();
        let mut paths: Vec<_> = refused.iter().map(|one| one.path.join(".")).collect();
        paths.sort();
        let fields = [
            "city",
            "company",
            "country",
            "firstName",
            "lastName",
            "line1",
            "line2",
            "phone",
            "postalCode",
            "region",
        ];
        assert_eq!(paths, fields.map(|field| format!("input.shipping.{field}")));
    }

    #[test]
    fn a_postal_code_is_asked_for_where_there_are_some() {
        let without = |country: &str| AddressText {
            postal_code: None,
            country: country.into(),
            ..good()
        };
        assert!(Address::read(&without("DE"), "input").is_err());
        let dubai = Address::read(&without("AE"), "input").unwrap();
        assert_eq!(dubai.postal_code, "");
    }
}
