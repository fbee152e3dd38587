//! What `rialto check` finds: something that must be true of the rows, and is not.
//!
//! An area's `check.rs` has `pub async fn check(read: &Reader) -> Result<Vec<Finding>, Fault>`, which
//! names at most a hundred offenders of each rule.

use std::fmt;

/// One row that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, stable: `inventory.committed_is_what_is_reserved`.
    pub rule: &'static str,
    /// The offending thing, as an id of the API or a key.
    pub id: String,
    /// What is and what should be; no personal data.
    pub message: String,
}

impl Finding {
    /// `id` breaks `rule`.
    pub fn new(rule: &'static str, id: impl fmt::Display, message: impl Into<String>) -> Self {
        Self {
            rule,
            id: id.to_string(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.rule, self.id, self.message)
    }
}
