//! What the server answered, and how tests look into it.

use serde_json::Value;

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    /// Statements run to read, as the `Server-Timing` header says.
    pub statements: Option<u64>,
    /// Whether it was given before, as the same header says.
    pub again: bool,
}

impl Answer {
    /// The value at a path such as `cart.lines.0.quantity` below `data`.
    #[track_caller]
    pub fn at(&self, path: &str) -> &Value {
        let value = self.at_or_null(path);
        assert!(!value.is_null(), "nothing at {path} in {}", self.body);
        value
    }

    /// The same, where null is fine.
    pub fn at_or_null(&self, path: &str) -> &Value {
        let mut value = &self.body["data"];
        for step in path.split('.') {
            value = match step.parse::<usize>() {
                Ok(index) => &value[index],
                Err(_) => &value[step],
            };
        }
        value
    }

    /// Code and path of each error in the payload of `field`.
    #[track_caller]
    pub fn refusals(&self, field: &str) -> Vec<(String, String)> {
        let errors = self.at(field)["errors"].as_array();
        let errors = errors.unwrap_or_else(|| panic!("{field} has no errors list: {}", self.body));
        let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
        let path = |error: &Value| {
            let steps = error["path"].as_array().into_iter().flatten();
            steps.map(text).collect::<Vec<_>>().join(".")
        };
        errors
            .iter()
            .map(|error| (text(&error["code"]), path(error)))
            .collect()
    }

    /// The text at a path.
    #[track_caller]
    pub fn text(&self, path: &str) -> String {
        let value = self.at(path);
        value
            .as_str()
            .unwrap_or_else(|| panic!("no text at {path}: {value}"))
            .to_owned()
    }

    /// The number at a path.
    #[track_caller]
    pub fn int(&self, path: &str) -> i64 {
        let value = self.at(path);
        value
            .as_i64()
            .unwrap_or_else(|| panic!("no number at {path}: {value}"))
    }

    /// Codes of the errors in the payload of `field`.
    #[track_caller]
    pub fn codes(&self, field: &str) -> Vec<String> {
        let errors = self.at(field)["errors"].as_array();
        let errors = errors.unwrap_or_else(|| panic!("{field} has no errors list: {}", self.body));
        errors
            .iter()
            .map(|error| error["code"].as_str().unwrap_or("?").to_owned())
            .collect()
    }

    /// The answer, if there is no error at all: neither top-level nor in any payload.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!(self.body.get("errors").is_none(), "{}", self.body);
        if let Some(fields) = self.body["data"].as_object() {
            for (field, payload) in fields {
                let clean = payload["errors"].as_array().is_none_or(Vec::is_empty);
                assert!(clean, "{field}: {}", payload["errors"]);
            }
        }
        self
    }

    /// Code of the first top-level error.
    pub fn fault(&self) -> Option<&str> {
        self.body["errors"][0]["extensions"]["code"].as_str()
    }
}
