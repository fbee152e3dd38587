//! Automatic persisted queries: a document by its hash, once a client has sent both.
//!
//! As Apollo's clients speak it: `extensions.persistedQuery` with `version` 1 and `sha256Hash`.
//! What is kept is bounded by its bytes; the least used go first.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::{Text, has_hash, known, mismatch, not_found};
use crate::graphql::api::Operation;
use crate::kernel::error::{Code, Refused};

/// What one entry takes beside its text.
const ENTRY_BYTES: u64 = 160;

/// Bytes of a text we think is usual, to size the table.
const USUAL_BYTES: u64 = 1_024;

#[derive(Clone)]
struct Bytes;

impl Weighter<String, Arc<str>> for Bytes {
    fn weight(&self, hash: &String, text: &Arc<str>) -> u64 {
        ENTRY_BYTES + (hash.len() + text.len()) as u64
    }
}

/// Documents by their hash.
pub(super) struct Persisted(Cache<String, Arc<str>, Bytes>);

impl Persisted {
    pub(super) fn new(bytes: u64) -> Self {
        let entries = usize::try_from(bytes / USUAL_BYTES).unwrap_or(usize::MAX);
        Self(Cache::with_weighter(entries, bytes, Bytes))
    }

    /// The text that is sent, or the one that is known by the hash.
    pub(super) fn pick(&self, hash: Option<String>, sent: Option<&str>) -> Result<Text, Refused> {
        match (hash, sent) {
            (None, None) => Err(nothing()),
            (None, Some(text)) => Ok(known(text)),
            (Some(hash), None) => {
                let text = self.0.get(&hash).ok_or_else(not_found)?;
                Ok(Text { text, keep: None })
            }
            (Some(hash), Some(text)) if has_hash(text, &hash) => Ok(Text {
                text: Arc::from(text),
                keep: Some(hash),
            }),
            (Some(_), Some(_)) => Err(mismatch()),
        }
    }

    pub(super) fn keep(&self, hash: String, text: Arc<str>) {
        self.0.insert(hash, text);
    }
}

/// The request names no document at all.
pub(super) fn nothing() -> Refused {
    Refused::new(Code::BadRequest, "The request has no query.")
}

/// The hash or id that the operation gives instead of, or beside its text.
pub(super) fn id(operation: &Operation) -> Result<Option<String>, Refused> {
    let apollo = operation
        .extensions
        .as_ref()
        .and_then(|extensions| extensions.get("persistedQuery"))
        .filter(|persisted| !persisted.is_null());
    let Some(apollo) = apollo else {
        let id = operation.document_id.as_deref();
        return Ok(id.map(|id| id.strip_prefix("sha256:").unwrap_or(id).to_owned()));
    };
    let version = apollo.get("version").and_then(serde_json::Value::as_u64);
    let hash = apollo.get("sha256Hash").and_then(|hash| hash.as_str());
    if let (Some(1), Some(hash)) = (version, hash) {
        return Ok(Some(hash.to_ascii_lowercase()));
    }
    let message = "extensions.persistedQuery has version 1 and sha256Hash.";
    Err(Refused::new(Code::BadRequest, message))
}
