//! Documents: which text a request means, what it may cost, and whether it fits the schema.
//!
//! A text comes with the request, by its hash (automatic persisted queries), or from the list of
//! documents that the shop trusts. It is counted before it is parsed, weighed before it is
//! validated, and validated strictly once: what has passed is kept by its exact text and runs on
//! the schema that does not validate again. Deliberately absent: running it.

mod cache;
mod persisted;
mod strict;
mod tokens;
mod trusted;
mod values;
mod weight;

use std::sync::Arc;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, OperationDefinition};
use async_graphql::{Name, Response, ServerError, Variables};

use self::cache::Cache;
pub(super) use self::cache::Checked;
use self::persisted::Persisted;
use self::strict::Strict;
pub use self::trusted::Trusted;
pub use self::weight::Bounds;
pub(super) use self::weight::Shape;
use self::weight::{chosen, weigh};
use super::api::{Operation, Reached};
use super::error::mark_bad_requests;
use super::settings::Settings;
use crate::kernel::error::{Code, Refused};
use crate::kernel::secret::sha256_hex;
use crate::meter;

/// The documents of this process.
pub(super) struct Documents {
    trusted: Option<Arc<Trusted>>,
    persisted: Persisted,
    checked: Cache,
    strict: Strict,
    bounds: Bounds,
    introspection: bool,
}

/// The text that a request means.
pub(super) struct Text {
    pub text: Arc<str>,
    /// The hash to keep it under, once it has proven to be a document.
    keep: Option<String>,
}

/// An operation that may be run.
#[derive(Clone)]
pub(super) struct Opened {
    /// Its document.
    pub document: Arc<Checked>,
    /// Which operation of it.
    pub name: Option<String>,
    /// Values that its types take.
    pub variables: Variables,
    /// What it is.
    pub shape: Shape,
    /// Whether its document is trusted or has come before.
    pub known: bool,
    /// Its text.
    pub text: Arc<str>,
    /// Its variables as they were sent, in JSON.
    pub sent: String,
}

impl Opened {
    /// The name of the operation in its document.
    pub fn title(&self) -> Option<&str> {
        match (&self.document.document.operations, &self.name) {
            (DocumentOperations::Multiple(_), Some(name)) => Some(name),
            (DocumentOperations::Multiple(all), None) => all.keys().next().map(Name::as_str),
            (DocumentOperations::Single(_), _) => None,
        }
    }

    /// The operation that will run.
    pub fn operation(&self) -> Option<&OperationDefinition> {
        let operation = chosen(&self.document.document, self.name.as_deref());
        operation.map(|operation| &operation.node)
    }
}

/// Why an operation is not run.
pub(super) enum Closed {
    /// For what the house says.
    Refused(Refused),
    /// For what the language says.
    Errors(Vec<ServerError>),
}

impl From<Refused> for Closed {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Closed> for Reached {
    fn from(closed: Closed) -> Self {
        match closed {
            Closed::Refused(refused) => Self::refused(refused),
            Closed::Errors(errors) => {
                let mut response = Response::from_errors(errors);
                mark_bad_requests(&mut response);
                Self::of(&response, 0)
            }
        }
    }
}

impl Documents {
    /// None yet, within these bounds.
    pub fn new(settings: &Settings, bounds: &Bounds) -> Self {
        Self {
            trusted: settings.trusted.clone(),
            persisted: Persisted::new(settings.persisted_bytes),
            checked: Cache::new(settings.documents_bytes),
            strict: Strict::new(settings.suggestions),
            bounds: *bounds,
            introspection: settings.introspection,
        }
    }

    /// The operation, read and found fit to run.
    pub async fn open(&self, operation: Operation) -> Result<Opened, Closed> {
        let text = self.text(&operation)?;
        let sent = operation.variables.to_string();
        let variables = match operation.variables {
            serde_json::Value::Null => Variables::default(),
            object @ serde_json::Value::Object(_) => Variables::from_json(object),
            _ => return Err(bad("The variables must be an object.").into()),
        };
        let name = operation.name;
        let checked = self.check(&text.text, name.as_deref(), &variables).await?;
        let (document, shape, came_before) = checked;
        if let Some(hash) = text.keep {
            self.persisted.keep(hash, text.text.clone());
        }
        if shape.introspects && !self.introspection {
            let message = "This shop does not answer introspection.";
            return Err(Refused::new(Code::IntrospectionOff, message).into());
        }
        if let Some(operation) = chosen(&document.document, name.as_deref()) {
            let errors = values::variables(document.types(), &operation.node, &variables);
            if !errors.is_empty() {
                return Err(Closed::Errors(errors));
            }
        }
        Ok(Opened {
            document,
            name,
            variables,
            shape,
            known: came_before || self.trusted.is_some(),
            text: text.text,
            sent,
        })
    }

    /// The texts of the trusted documents that would not run, each with what is wrong with it.
    pub async fn mistrusted(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for text in self.trusted.iter().flat_map(|trusted| trusted.texts()) {
            let (text, none) = (Arc::from(text), Variables::default());
            let checked = self.check(&text, None, &none).await;
            let why = match checked {
                Ok(_) => continue,
                Err(Closed::Refused(refused)) => refused.message,
                Err(Closed::Errors(errors)) => {
                    let messages = errors.into_iter().map(|error| error.message);
                    messages.collect::<Vec<_>>().join(" ")
                }
            };
            found.push((text.to_string(), why));
        }
        found
    }

    /// The text that the operation means.
    pub fn text(&self, operation: &Operation) -> Result<Text, Refused> {
        let sent = operation.query.as_deref();
        if sent.is_some_and(|text| text.len() > self.bounds.bytes) {
            return Err(weight::limit(self.bounds.bytes, "bytes"));
        }
        let id = persisted::id(operation)?;
        match &self.trusted {
            Some(trusted) => trusted.pick(id.as_deref(), sent),
            None => self.persisted.pick(id, sent),
        }
    }

    /// The document of a text: the one that has passed before, or parsed, weighed and judged; and
    /// which of the two.
    async fn check(
        &self,
        text: &Arc<str>,
        name: Option<&str>,
        variables: &Variables,
    ) -> Result<(Arc<Checked>, Shape, bool), Closed> {
        if let Some(known) = self.checked.get(text) {
            meter::document_cache("hit");
            let shape = weigh(&known.document, name, variables, &self.bounds)?;
            return Ok((known, shape, true));
        }
        meter::document_cache("miss");
        let most = self.bounds.tokens;
        let tokens = tokens::count(text, most).ok_or_else(|| weight::limit(most, "tokens"))?;
        let document = parse_query(&**text).map_err(|error| Closed::Errors(vec![error.into()]))?;
        let shape = weigh(&document, name, variables, &self.bounds)?;
        let judged = self.strict.judge(&document).await;
        let types = judged.map_err(Closed::Errors)?;
        let checked = Arc::new(Checked::new(document, types, tokens));
        self.checked.keep(text.clone(), checked.clone());
        Ok((checked, shape, false))
    }
}

/// The document is not known by this hash; clients send it once with its text.
fn not_found() -> Refused {
    // Clients look for this very text.
    Refused::new(Code::PersistedQueryNotFound, "PersistedQueryNotFound")
}

fn mismatch() -> Refused {
    let message = "The hash is not that of the document.";
    Refused::new(Code::PersistedQueryMismatch, message)
}

fn bad(message: &str) -> Refused {
    Refused::new(Code::BadRequest, message)
}

fn known(text: &str) -> Text {
    Text {
        text: Arc::from(text),
        keep: None,
    }
}

/// Whether the text has this hash.
fn has_hash(text: &str, hash: &str) -> bool {
    sha256_hex(text.as_bytes()) == hash
}

#[cfg(test)]
#[path = "documents_test.rs"]
mod tests;
