//! How the graph is set up, beside the bounds of one operation.

use std::sync::Arc;

use super::documents::Trusted;

/// Settings of the graph.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The documents that may run; without them, every document may.
    pub trusted: Option<Arc<Trusted>>,
    /// Bytes of documents kept for clients that send a hash only.
    pub persisted_bytes: u64,
    /// Bytes of documents kept parsed and judged.
    pub documents_bytes: u64,
    /// Bytes of whole answers kept for those who ask the same; 0 keeps none.
    pub answers_bytes: u64,
    /// Whether clients may ask for the types of the graph.
    pub introspection: bool,
    /// Whether a name that does not exist is answered with those that are nearly it.
    pub suggestions: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            trusted: None,
            persisted_bytes: 8 * 1024 * 1024,
            documents_bytes: 32 * 1024 * 1024,
            answers_bytes: 64 * 1024 * 1024,
            introspection: true,
            suggestions: true,
        }
    }
}
