//! The parameters of a request, from a JSON body or a query string. Pure.
//!
//! What is no well-formed request is refused here, before anybody is identified: ill-typed
//! parameters, batches, text that is not UTF-8. Whether the document is any good is the graph's
//! business.

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::Value;

/// The parameters of a well-formed request.
#[derive(Debug, Default, PartialEq)]
pub struct Params {
    /// The document.
    pub query: Option<String>,
    /// The id of a known document.
    pub document_id: Option<String>,
    /// Which operation of it.
    pub operation_name: Option<String>,
    /// Its variables: an object or null.
    pub variables: Value,
    /// What clients and servers agree on besides: an object or null.
    pub extensions: Value,
}

/// Why a request is not well-formed: a sentence for developers.
pub type Malformed = &'static str;

/// As they came, of whatever type; what is not listed is ignored.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Raw {
    query: Value,
    document_id: Value,
    operation_name: Value,
    variables: Value,
    extensions: Value,
}

const NOT_JSON: Malformed =
    "The body must be a JSON object with query, operationName, variables and extensions.";

/// From the body of a POST.
pub fn of_body(body: &[u8]) -> Result<Params, Malformed> {
    let text = std::str::from_utf8(body).map_err(|_| "The body must be UTF-8.")?;
    match text.trim_start().as_bytes().first() {
        Some(b'{') => {}
        Some(b'[') => return Err("Batches are not taken: send one operation a request."),
        None => return Err("The request has no body."),
        Some(_) => return Err(NOT_JSON),
    }
    let raw: Raw = serde_json::from_str(text).map_err(|_| NOT_JSON)?;
    raw.check()
}

/// From the query string of a GET, where variables and extensions are JSON in themselves. A
/// parameter that is empty was left out.
pub fn of_search(search: &str) -> Result<Params, Malformed> {
    if percent_decode_str(search).decode_utf8().is_err() {
        return Err("The query string must be UTF-8.");
    }
    let mut raw = Raw::default();
    for (name, value) in form_urlencoded::parse(search.as_bytes()) {
        let (place, is_json) = match name.as_ref() {
            "query" => (&mut raw.query, false),
            "documentId" => (&mut raw.document_id, false),
            "operationName" => (&mut raw.operation_name, false),
            "variables" => (&mut raw.variables, true),
            "extensions" => (&mut raw.extensions, true),
            _ => continue,
        };
        if !place.is_null() {
            return Err("A parameter is given twice.");
        }
        *place = match (value.as_ref(), is_json) {
            ("", _) => Value::Null,
            (text, false) => Value::from(text),
            (json, true) => serde_json::from_str(json)
                .map_err(|_| "variables and extensions must be JSON objects.")?,
        };
    }
    raw.check()
}

impl Raw {
    fn check(self) -> Result<Params, Malformed> {
        Ok(Params {
            query: text(self.query, "query must be a string.")?,
            document_id: text(self.document_id, "documentId must be a string or null.")?,
            operation_name: text(
                self.operation_name,
                "operationName must be a string or null.",
            )?,
            variables: object(self.variables, "variables must be an object or null.")?,
            extensions: object(self.extensions, "extensions must be an object or null.")?,
        })
    }
}

/// A string, nothing for null, or else what is to be said.
pub(super) fn text(value: Value, otherwise: Malformed) -> Result<Option<String>, Malformed> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        _ => Err(otherwise),
    }
}

/// An object or null, or else what is to be said.
pub(super) fn object(value: Value, otherwise: Malformed) -> Result<Value, Malformed> {
    match value {
        Value::Null | Value::Object(_) => Ok(value),
        _ => Err(otherwise),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_body_and_a_query_string_say_the_same() {
        let params = Params {
            query: Some("query A($b: Int) { c }".to_owned()),
            document_id: Some("d1".to_owned()),
            operation_name: Some("A".to_owned()),
            variables: json!({ "b": 1 }),
            extensions: json!({ "d": {} }),
        };
        let body = json!({ "query": params.query, "operationName": "A", "documentId": "d1", "variables": { "b": 1 },
            "extensions": { "d": {} }, "id": 7 });
        assert_eq!(of_body(body.to_string().as_bytes()).as_ref(), Ok(&params));
        let search = "query=query+A(%24b:%20Int)%20{+c+}&operationName=A&variables=%7B%22b%22:1}\
            &extensions={%22d%22:{}}&documentId=d1&id=7";
        assert_eq!(of_search(search), Ok(params));
    }

    #[test]
    fn null_and_nothing_are_left_out() {
        let none = Params::default();
        let nulls = br#" {"query":null,"operationName":null,"variables":null,"extensions":null}"#;
        assert_eq!(of_body(nulls).as_ref(), Ok(&none));
        assert_eq!(of_body(b"{}").as_ref(), Ok(&none));
        let empty = "query=&operationName=&variables=&extensions=null";
        assert_eq!(of_search(empty).as_ref(), Ok(&none));
        assert_eq!(of_search(""), Ok(none));
    }

    #[test]
    fn what_is_not_well_formed_is_told() {
        let deep = "[".repeat(100_000);
        for (body, told) in [
            (b"".as_slice(), "no body"),
            (b" \n", "no body"),
            (b"[]", "Batches"),
            (br#"[{"query":"{ a }"}]"#, "Batches"),
            (deep.as_bytes(), "Batches"),
            (b"7", "JSON object"),
            (b"\"{ a }\"", "JSON object"),
            (b"{\"query\":", "JSON object"),
            (br#"{"query":"a"} x"#, "JSON object"),
            (br#"{"query":"a","query":"b"}"#, "JSON object"),
            (format!(r#"{{"variables":{deep}"#).as_bytes(), "JSON object"),
            (b"{\"query\":\"\xff\"}", "UTF-8"),
            (br#"{"query":"\ud800"}"#, "JSON object"),
            (br#"{"query":7}"#, "query must"),
            (br#"{"query":{}}"#, "query must"),
            (br#"{"operationName":false}"#, "operationName must"),
            (br#"{"variables":[]}"#, "variables must"),
            (br#"{"variables":"{}"}"#, "variables must"),
            (br#"{"extensions":0}"#, "extensions must"),
        ] {
            let refused = of_body(body).unwrap_err();
            assert!(refused.contains(told), "{refused}");
        }
        for (search, told) in [
            ("query={a}&query={b}", "twice"),
            ("variables=%7B&query={a}", "JSON"),
            ("variables=[]", "variables must"),
            ("extensions=7", "extensions must"),
            ("query=%ff", "UTF-8"),
        ] {
            let refused = of_search(search).unwrap_err();
            assert!(refused.contains(told), "{refused}");
        }
    }
}
