//! "Did you mean": only names that the one who asks may see.
//!
//! The library suggests from all there is, so that a hidden field can be found by asking for one
//! that is nearly it. Deliberately absent: other rules' words, which name nothing.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use super::api::{Api, Reached};
use super::documents::Closed;
use crate::kernel::permission::Role;

/// What stands before the names.
const MARK: &str = " Did you mean ";

/// Asks for all names that a role sees.
const QUERY: &str = "{ __schema { types { name
    fields(includeDeprecated: true) { name args(includeDeprecated: true) { name } } } } }";

#[derive(Deserialize)]
struct Answer {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    #[serde(rename = "__schema")]
    schema: Schema,
}

#[derive(Deserialize)]
struct Schema {
    types: Vec<Type>,
}

#[derive(Deserialize)]
struct Type {
    name: String,
    fields: Option<Vec<Field>>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    args: Vec<Argument>,
}

#[derive(Deserialize)]
struct Argument {
    name: String,
}

/// Names that a role sees: `Type.field` and `Type.field.argument`.
#[derive(Debug, Default)]
pub(super) struct Seen(HashSet<String>);

impl Seen {
    /// From the answer to [`QUERY`]; from any other, nothing is seen.
    fn read(json: &[u8]) -> Self {
        let Ok(answer) = serde_json::from_slice::<Answer>(json) else {
            return Self::default();
        };
        let mut names = HashSet::new();
        for one in answer.data.schema.types {
            for field in one.fields.into_iter().flatten() {
                let path = format!("{}.{}", one.name, field.name);
                let arguments = field.args.iter();
                names.extend(arguments.map(|argument| format!("{path}.{}", argument.name)));
                names.insert(path);
            }
        }
        Self(names)
    }

    /// The message with those of its suggestions that are seen.
    fn filter(&self, message: &str) -> String {
        let Some((says, suggests)) = message.split_once(MARK) else {
            return message.to_owned();
        };
        let place = place(says);
        let seen = |name: &&str| match &place {
            Some(place) => self.0.contains(&format!("{place}.{name}")),
            None => false,
        };
        let names: Vec<_> = quoted(suggests)
            .filter(seen)
            .map(|name| format!("\"{name}\""))
            .collect();
        match names.is_empty() {
            true => says.to_owned(),
            false => format!("{says}{MARK}{}?", names.join(", ")),
        }
    }
}

impl Api {
    /// Why an operation is not run, in words that name only what the role sees.
    pub(super) async fn closed(&self, mut closed: Closed, role: Role) -> Reached {
        if let Closed::Errors(errors) = &mut closed
            && errors.iter().any(|error| suggests(&error.message))
        {
            let seen = self.seen(role).await;
            for error in errors {
                error.message = seen.filter(&error.message);
            }
        }
        closed.into()
    }

    /// The names that a role sees; asked for once.
    async fn seen(&self, role: Role) -> Arc<Seen> {
        let known = |seen: &Mutex<HashMap<Role, Arc<Seen>>>| {
            let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.get(&role).cloned()
        };
        if let Some(seen) = known(&self.seen) {
            return seen;
        }
        let json = Box::pin(self.introspect(role, QUERY)).await;
        let found = Arc::new(Seen::read(&json));
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(role, found.clone());
        found
    }
}

/// Whether a message suggests something.
fn suggests(message: &str) -> bool {
    message.contains(MARK)
}

/// Where the names of a message belong: a type, or a field of one.
fn place(says: &str) -> Option<String> {
    let words: Vec<_> = quoted(says).collect();
    match words[..] {
        [_, on] if says.contains(" on type ") => Some(on.to_owned()),
        [_, field, on] => Some(format!("{on}.{field}")),
        _ => None,
    }
}

fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_seen_is_suggested() {
        let json = r#"{ "data": { "__schema": { "types": [ { "name": "Query", "fields": [
            { "name": "product", "args": [{ "name": "by" }] } ] },
            { "name": "ID", "fields": null } ] } } }"#;
        let seen = Seen::read(json.as_bytes());
        for (message, wanted) in [
            (
                r#"Unknown field "prodct" on type "Query". Did you mean "product", "prospect"?"#,
                r#"Unknown field "prodct" on type "Query". Did you mean "product"?"#,
            ),
            (
                r#"Unknown field "prodct" on type "Query". Did you mean "prospect"?"#,
                r#"Unknown field "prodct" on type "Query"."#,
            ),
            (
                r#"Unknown argument "bi" on field "product" of type "Query". Did you mean "by"?"#,
                r#"Unknown argument "bi" on field "product" of type "Query". Did you mean "by"?"#,
            ),
            (
                r#"Unknown argument "of" on directive "skip". Did you mean "if"?"#,
                r#"Unknown argument "of" on directive "skip"."#,
            ),
            ("Nothing is meant.", "Nothing is meant."),
        ] {
            assert_eq!(seen.filter(message), wanted);
        }
        let nothing = Seen::read(b"{}");
        assert!(!suggests(
            &nothing.filter(r#"a "b" on type "C". Did you mean "d"?"#)
        ));
    }
}
