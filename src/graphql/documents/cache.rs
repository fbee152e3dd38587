//! Documents that have passed, by their exact text; bounded by the memory they take.

use std::sync::Arc;

use async_graphql::SchemaEnv;
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::registry::Registry;
use quick_cache::Weighter;
use quick_cache::sync::Cache as Bounded;

/// What the tree takes for each token at most: a field with its name.
const NODE_BYTES: u64 = 280;

/// Bytes of an entry we think is usual, to size the table.
const USUAL_BYTES: u64 = 16 * 1_024;

/// A document that fits the schema.
pub(in crate::graphql) struct Checked {
    /// As it was parsed.
    pub document: ExecutableDocument,
    types: SchemaEnv,
    tokens: usize,
}

impl Checked {
    pub(super) fn new(document: ExecutableDocument, types: SchemaEnv, tokens: usize) -> Self {
        Self {
            document,
            types,
            tokens,
        }
    }

    /// The types that it fits.
    pub(super) fn types(&self) -> &Registry {
        &self.types.registry
    }
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Arc<str>, Arc<Checked>> for Bytes {
    fn weight(&self, text: &Arc<str>, document: &Arc<Checked>) -> u64 {
        512 + text.len() as u64 + document.tokens as u64 * NODE_BYTES
    }
}

/// The documents of this process.
pub(super) struct Cache(Bounded<Arc<str>, Arc<Checked>, Bytes>);

impl Cache {
    pub(super) fn new(bytes: u64) -> Self {
        let entries = usize::try_from(bytes / USUAL_BYTES).unwrap_or(usize::MAX);
        Self(Bounded::with_weighter(entries, bytes, Bytes))
    }

    pub(super) fn get(&self, text: &str) -> Option<Arc<Checked>> {
        self.0.get(text)
    }

    pub(super) fn keep(&self, text: Arc<str>, checked: Arc<Checked>) {
        self.0.insert(text, checked);
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Positioned;
    use async_graphql::parser::types::{Field, Selection};

    use super::NODE_BYTES;

    #[test]
    fn a_node_takes_no_more_than_is_reckoned() {
        // A field in its set, and the counted text of its name.
        let node = size_of::<Positioned<Selection>>() + size_of::<Positioned<Field>>() / 4 + 32;
        assert!(node as u64 <= NODE_BYTES, "{node}");
    }
}
