//! Trusted documents: where the shop names them, nothing else runs.
//!
//! Read from manifests as Apollo's and Relay's tools write them, or from files with one document
//! each. A document is known by the id its manifest gives, and always by the SHA-256 of its text.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;

use super::{Text, mismatch, not_found, persisted};
use crate::kernel::error::{Code, Refused};
use crate::kernel::secret::sha256_hex;

/// The documents that may run, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trusted(HashMap<String, Arc<str>>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Manifest {
    Apollo { operations: Vec<Apollo> },
    Relay(HashMap<String, String>),
}

#[derive(Deserialize)]
struct Apollo {
    id: String,
    body: String,
}

impl Trusted {
    /// Reads files, each with its name: `.json` is a manifest, anything else is a document.
    pub fn read(files: &[(String, String)]) -> Result<Self, String> {
        let mut all = Self::default();
        for (name, content) in files {
            if name.to_ascii_lowercase().ends_with(".json") {
                all.manifest(name, content)?;
            } else {
                all.add(name, None, content)?;
            }
        }
        Ok(all)
    }

    /// All texts, each once.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts: Vec<_> = self.0.values().map(|text| &**text).collect();
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    fn manifest(&mut self, name: &str, content: &str) -> Result<(), String> {
        let forms = "neither a persisted query manifest nor a map from ids to documents";
        let manifest =
            serde_json::from_str(content).map_err(|error| format!("{name}: {forms}: {error}"))?;
        let pairs: Vec<(String, String)> = match manifest {
            Manifest::Apollo { operations } => {
                operations.into_iter().map(|o| (o.id, o.body)).collect()
            }
            Manifest::Relay(map) => map.into_iter().collect(),
        };
        for (id, text) in pairs {
            self.add(name, Some(id), &text)?;
        }
        Ok(())
    }

    fn add(&mut self, file: &str, id: Option<String>, text: &str) -> Result<(), String> {
        let text: Arc<str> = Arc::from(text);
        let hash = sha256_hex(text.as_bytes());
        for id in id.into_iter().chain([hash]) {
            let before = self.0.insert(id.clone(), text.clone());
            if before.is_some_and(|before| before != text) {
                return Err(format!("{file}: two documents have the id {id}"));
            }
        }
        Ok(())
    }

    /// The document of this id, or the one that is sent if it is known.
    pub(super) fn pick(&self, id: Option<&str>, sent: Option<&str>) -> Result<Text, Refused> {
        let hash = sent.map(|text| sha256_hex(text.as_bytes()));
        let Some(wanted) = id.or(hash.as_deref()) else {
            return Err(persisted::nothing());
        };
        match self.0.get(wanted) {
            Some(text) if sent.is_none_or(|sent| sent == &**text) => Ok(Text {
                text: text.clone(),
                keep: None,
            }),
            Some(_) => Err(mismatch()),
            None if sent.is_none() => Err(not_found()),
            None => {
                let message = "This shop runs the documents it knows, and not this one.";
                Err(Refused::new(Code::DocumentNotTrusted, message))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, content: &str) -> Result<Trusted, String> {
        Trusted::read(&[(name.to_owned(), content.to_owned())])
    }

    #[test]
    fn both_manifests_and_plain_files_name_documents() {
        let apollo = r#"{ "format": "apollo-persisted-query-manifest", "version": 1,
            "operations": [{ "id": "a1", "name": "A", "type": "query", "body": "{ a }" }] }"#;
        for (name, content, id) in [
            ("m.json", apollo, "a1"),
            ("relay.JSON", r#"{ "a1": "{ a }" }"#, "a1"),
            ("a.graphql", "{ a }", &*sha256_hex(b"{ a }")),
        ] {
            let trusted = read(name, content).unwrap();
            assert_eq!(&*trusted.pick(Some(id), None).unwrap().text, "{ a }");
            assert_eq!(&*trusted.pick(None, Some("{ a }")).unwrap().text, "{ a }");
            assert_eq!(trusted.texts(), ["{ a }"]);
        }
    }

    #[test]
    fn what_is_unknown_or_not_as_named_does_not_run() {
        let trusted = read("r.json", r#"{ "a1": "{ a }" }"#).unwrap();
        let code = |id, sent| trusted.pick(id, sent).err().map(|refused| refused.code);
        assert_eq!(code(Some("b"), None), Some(Code::PersistedQueryNotFound));
        assert_eq!(code(None, Some("{ b }")), Some(Code::DocumentNotTrusted));
        assert_eq!(
            code(Some("b"), Some("{ a }")),
            Some(Code::DocumentNotTrusted)
        );
        assert_eq!(
            code(Some("a1"), Some("{ b }")),
            Some(Code::PersistedQueryMismatch)
        );
        assert_eq!(code(None, None), Some(Code::BadRequest));
    }

    #[test]
    fn a_manifest_that_is_none_and_an_id_with_two_documents_are_told() {
        assert!(read("x.json", "[1]").unwrap_err().starts_with("x.json: "));
        let files = ["{ a }", "{ b }"].map(|text| {
            let manifest = format!(r#"{{ "a1": "{text}" }}"#);
            ("m.json".to_owned(), manifest)
        });
        assert!(Trusted::read(&files).unwrap_err().contains("a1"));
    }
}
