//! Which names of operations become labels: those of known documents, and only so many.
//!
//! A name is the client's to choose, and every label value is kept for ever by whoever collects
//! them. So a name counts only where its document is trusted, or was seen before and is kept; past
//! [`Names::MOST`] names, and for all others, it is `other`.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

use metrics::SharedString;

/// The names that are shown.
#[derive(Debug, Default)]
pub struct Names(RwLock<HashSet<Arc<str>>>);

impl Names {
    /// How many names are shown at most.
    pub const MOST: usize = 200;
    /// Letters of a name that is shown.
    const LENGTH: usize = 64;

    /// The label of an operation: its name where its document is `known`, `anonymous` where it is
    /// and has none, else `other`.
    pub fn shown(&self, name: Option<&str>, known: bool) -> SharedString {
        match name {
            _ if !known => SharedString::const_str("other"),
            None => SharedString::const_str("anonymous"),
            Some(name) if name.len() > Self::LENGTH => SharedString::const_str("other"),
            Some(name) => self.of(name),
        }
    }

    fn of(&self, name: &str) -> SharedString {
        let found = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(name)
            .cloned();
        let name = found.or_else(|| {
            let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
            let name: Arc<str> = Arc::from(name);
            (all.len() < Self::MOST || all.contains(&name)).then(|| {
                all.insert(name.clone());
                name
            })
        });
        name.map_or(SharedString::const_str("other"), SharedString::from_shared)
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn only_names_of_known_documents_are_shown() {
        let names = Names::default();
        assert_eq!(names.shown(Some("Products"), false).as_ref(), "other");
        assert_eq!(names.shown(Some("Products"), true).as_ref(), "Products");
        assert_eq!(names.shown(None, true).as_ref(), "anonymous");
        let long = "P".repeat(65);
        assert_eq!(names.shown(Some(&long), true).as_ref(), "other");
    }

    #[test]
    fn the_number_of_names_is_bounded_and_the_first_stay() {
        let names = Names::default();
        for number in 0..Names::MOST {
            let name = format!("N{number}");
            assert_eq!(names.shown(Some(&name), true).as_ref(), name);
        }
        assert_eq!(names.shown(Some("OneMore"), true).as_ref(), "other");
        assert_eq!(names.shown(Some("N7"), true).as_ref(), "N7");
    }
}
