//! Messages of both dialects, read and written. Pure.

use serde_json::{Map, Value, json};

use crate::http::params::{Malformed, object, text};

/// An operation as a message carries it.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The document, where it is not named otherwise.
    pub query: Option<String>,
    /// The id of a known document.
    pub document_id: Option<String>,
    /// Which operation of it.
    pub operation_name: Option<String>,
    /// Its variables: an object or null.
    pub variables: Value,
    /// What else the client says, as in `persistedQuery`: an object.
    pub extensions: Option<Value>,
}

/// A message that came in: of that type, with what else it carries.
#[derive(Debug)]
pub struct Heard {
    /// What kind of message.
    pub kind: String,
    id: Value,
    payload: Value,
}

impl Heard {
    /// Reads a message.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        const NO_MESSAGE: Malformed = "Messages are JSON objects with a type.";
        let value = serde_json::from_str(text).map_err(|_| NO_MESSAGE)?;
        let Value::Object(mut fields) = value else {
            return Err(NO_MESSAGE);
        };
        let Some(Value::String(kind)) = fields.remove("type") else {
            return Err(NO_MESSAGE);
        };
        let mut take = |name| fields.remove(name).unwrap_or_default();
        Ok(Self {
            kind,
            id: take("id"),
            payload: take("payload"),
        })
    }

    /// The id of the operation that it is about.
    pub fn id(&mut self) -> Result<String, Malformed> {
        match self.id.take() {
            Value::String(id) if !id.is_empty() => Ok(id),
            _ => Err("The id must be a string that is not empty."),
        }
    }

    /// What goes with the message, where that is free.
    pub fn payload(&mut self) -> Result<Option<Map<String, Value>>, Malformed> {
        match self.payload.take() {
            Value::Null => Ok(None),
            Value::Object(fields) => Ok(Some(fields)),
            _ => Err("The payload must be an object."),
        }
    }

    /// The operation that it carries.
    pub fn asked(&mut self) -> Result<Asked, Malformed> {
        let Some(mut fields) = self.payload()? else {
            return Err("The payload must be an object with a query.");
        };
        let mut take = |name| fields.remove(name).unwrap_or_default();
        let asked = Asked {
            query: text(take("query"), "query must be a string.")?,
            document_id: text(take("documentId"), "documentId must be a string.")?,
            operation_name: text(take("operationName"), "operationName must be a string.")?,
            variables: object(take("variables"), "variables must be an object.")?,
            extensions: Some(object(take("extensions"), "extensions must be an object.")?)
                .filter(Value::is_object),
        };
        if asked.query.is_none() && asked.document_id.is_none() && asked.extensions.is_none() {
            return Err("The payload must be an object with a query.");
        }
        Ok(asked)
    }
}

/// A message without anything else.
pub fn plain(kind: &str) -> String {
    json!({ "type": kind }).to_string()
}

/// A message with a payload.
pub fn with(kind: &str, payload: &Value) -> String {
    json!({ "type": kind, "payload": payload }).to_string()
}

/// A message about an operation.
pub fn about(id: &str, kind: &str) -> String {
    json!({ "id": id, "type": kind }).to_string()
}

/// The same with a payload that is JSON already.
pub fn carrying(id: &str, kind: &str, payload: &str) -> String {
    let id = Value::from(id);
    format!("{{\"id\":{id},\"type\":\"{kind}\",\"payload\":{payload}}}")
}
