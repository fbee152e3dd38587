//! What a customer tells about themselves, checked.

use serde::{Deserialize, Serialize};

use crate::kernel::error::Refused;
use crate::kernel::text::{self, Language, Phone, TextError};

/// The most characters of a name.
const NAME_MAX: usize = 100;

/// A field that may be left as it is, emptied or set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change<T> {
    /// As it is.
    #[default]
    Keep,
    /// Emptied.
    Clear,
    /// Set.
    Set(T),
}

impl<T> Change<T> {
    /// The value after the change.
    pub fn apply(&self, before: Option<T>) -> Option<T>
    where
        T: Clone,
    {
        match self {
            Self::Keep => before,
            Self::Clear => None,
            Self::Set(value) => Some(value.clone()),
        }
    }

    fn check<U>(
        self,
        check: impl FnOnce(&T) -> Result<U, TextError>,
    ) -> Result<Change<U>, TextError> {
        Ok(match self {
            Self::Keep => Change::Keep,
            Self::Clear => Change::Clear,
            Self::Set(value) => Change::Set(check(&value)?),
        })
    }
}

/// Changes of a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileChange {
    /// Given name.
    pub first_name: Change<String>,
    /// Family name.
    pub last_name: Change<String>,
    /// Telephone.
    pub phone: Change<String>,
    /// The language to write in.
    pub language: Change<String>,
}

impl ProfileChange {
    /// Checks every field and names all that do not hold.
    pub fn read(from: Self) -> Result<Self, Vec<Refused>> {
        let mut refused = Vec::new();
        let mut field = |name: &str, checked: Result<Change<String>, TextError>| {
            checked.unwrap_or_else(|error| {
                let path = format!("input.{name}");
                refused.push(Refused::invalid(&path, format!("{name} {error}.")));
                Change::Keep
            })
        };
        let name = |text: &String| text::optional(text, NAME_MAX);
        let checked = Self {
            first_name: field("firstName", from.first_name.check(name)),
            last_name: field("lastName", from.last_name.check(name)),
            phone: field(
                "phone",
                from.phone
                    .check(|text| Phone::parse(text).map(Phone::into_string)),
            ),
            language: field(
                "language",
                from.language
                    .check(|text| Language::parse(text).map(Language::into_string)),
            ),
        };
        if refused.is_empty() {
            Ok(checked)
        } else {
            Err(refused)
        }
    }

    /// The names of the fields that are touched, for the history.
    pub fn fields(&self) -> Vec<&'static str> {
        let fields = [
            ("firstName", &self.first_name),
            ("lastName", &self.last_name),
            ("phone", &self.phone),
            ("language", &self.language),
        ];
        let touched = fields
            .into_iter()
            .filter(|(_, change)| **change != Change::Keep);
        touched.map(|(name, _)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> Change<String> {
        Change::Set(text.to_owned())
    }

    #[test]
    fn every_bad_field_is_named_at_once() {
        let change = ProfileChange {
            first_name: set(&"a".repeat(101)),
            last_name: set("O\u{0}Hara"),
            phone: set("call me"),
            language: set("english"),
        };
        let refused = ProfileChange::read(change).unwrap_err();
        let paths: Vec<_> = refused.iter().map(|one| one.path.join(".")).collect();
        let expected = [
            "input.firstName",
            "input.lastName",
            "input.phone",
            "input.language",
        ];
        assert_eq!(paths, expected);
    }

    #[test]
    fn good_fields_are_trimmed_and_named() {
        let change = ProfileChange {
            first_name: set(" Ann "),
            phone: Change::Clear,
            ..ProfileChange::default()
        };
        let read = ProfileChange::read(change).unwrap();
        assert_eq!(read.first_name, set("Ann"));
        assert_eq!(read.fields(), ["firstName", "phone"]);
    }

    #[test]
    fn a_change_keeps_clears_or_sets() {
        let before = || Some("a".to_owned());
        assert_eq!(Change::Keep.apply(before()), before());
        assert_eq!(Change::Clear.apply(before()), None);
        assert_eq!(set("b").apply(before()), Some("b".to_owned()));
    }
}
