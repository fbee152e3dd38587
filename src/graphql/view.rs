//! The schema as a role sees it: its introspection, written as SDL.
//!
//! The SDL that the library prints is always the whole; only introspection leaves out what a role
//! may not use. Deliberately absent: directives, which are the same for everybody.

use std::fmt::Write;

use serde::Deserialize;

use super::api::Api;
use crate::kernel::error::Fault;
use crate::kernel::permission::Role;

const QUERY: &str = "
    query View { __schema {
        queryType { name } mutationType { name } subscriptionType { name }
        types {
            kind name description specifiedByURL isOneOf
            fields(includeDeprecated: true) {
                name description isDeprecated deprecationReason
                args(includeDeprecated: true) { ...input } type { ...ref }
            }
            inputFields(includeDeprecated: true) { ...input }
            interfaces { name } possibleTypes { name }
            enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
        }
    } }
    fragment input on __InputValue {
        name description defaultValue isDeprecated deprecationReason type { ...ref }
    }
    fragment ref on __Type {
        kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
    }";

const BUILT_IN: &[&str] = &["Boolean", "Float", "ID", "Int", "String"];

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
#[serde(rename_all = "camelCase")]
struct Schema {
    query_type: Named,
    mutation_type: Option<Named>,
    subscription_type: Option<Named>,
    types: Vec<Type>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Type {
    kind: String,
    name: String,
    description: Option<String>,
    #[serde(rename = "specifiedByURL")]
    specified_by_url: Option<String>,
    is_one_of: Option<bool>,
    fields: Option<Vec<Field>>,
    input_fields: Option<Vec<Input>>,
    interfaces: Option<Vec<Named>>,
    possible_types: Option<Vec<Named>>,
    enum_values: Option<Vec<EnumValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Field {
    name: String,
    description: Option<String>,
    is_deprecated: bool,
    deprecation_reason: Option<String>,
    args: Vec<Input>,
    #[serde(rename = "type")]
    of: Ref,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Input {
    name: String,
    description: Option<String>,
    default_value: Option<String>,
    is_deprecated: bool,
    deprecation_reason: Option<String>,
    #[serde(rename = "type")]
    of: Ref,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EnumValue {
    name: String,
    description: Option<String>,
    is_deprecated: bool,
    deprecation_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ref {
    kind: String,
    name: Option<String>,
    of_type: Option<Box<Ref>>,
}

impl Api {
    /// The SDL of what `role` may use.
    pub async fn sdl_of(&self, role: Role) -> Result<String, Fault> {
        let json = self.introspect(role, QUERY).await;
        let answer: Answer =
            serde_json::from_slice(&json).map_err(|error| Fault::Internal(Box::new(error)))?;
        Ok(written(answer.data.schema))
    }
}

fn written(mut schema: Schema) -> String {
    schema.types.sort_by(|a, b| a.name.cmp(&b.name));
    let shown = |one: &&Type| !one.name.starts_with("__") && !BUILT_IN.contains(&one.name.as_str());
    let mut text = String::new();
    for one in schema.types.iter().filter(shown) {
        describe(&mut text, "", one.description.as_deref());
        text.push_str(&declared(one));
        text.push_str("\n\n");
    }
    text.push_str("schema {\n");
    let roots = [
        ("query", Some(schema.query_type)),
        ("mutation", schema.mutation_type),
        ("subscription", schema.subscription_type),
    ];
    for (name, root) in roots {
        if let Some(root) = root {
            line(&mut text, format_args!("  {name}: {}\n", root.name));
        }
    }
    text.push_str("}\n");
    text
}

fn declared(one: &Type) -> String {
    let name = &one.name;
    match one.kind.as_str() {
        "SCALAR" => match &one.specified_by_url {
            Some(url) => format!("scalar {name} @specifiedBy(url: {url:?})"),
            None => format!("scalar {name}"),
        },
        "UNION" => format!(
            "union {name} = {}",
            names(one.possible_types.as_deref(), " | ")
        ),
        "ENUM" => format!("enum {name} {{\n{}}}", values(one)),
        "INPUT_OBJECT" => {
            let one_of = if one.is_one_of == Some(true) {
                " @oneOf"
            } else {
                ""
            };
            let fields = one.input_fields.as_deref().unwrap_or_default();
            format!("input {name}{one_of} {{\n{}}}", inputs(fields, "  "))
        }
        kind => {
            let word = if kind == "INTERFACE" {
                "interface"
            } else {
                "type"
            };
            let implements = names(one.interfaces.as_deref(), " & ");
            let implements = if implements.is_empty() {
                implements
            } else {
                format!(" implements {implements}")
            };
            format!("{word} {name}{implements} {{\n{}}}", fields(one))
        }
    }
}

fn names(list: Option<&[Named]>, between: &str) -> String {
    let mut names: Vec<&str> = list
        .unwrap_or_default()
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    names.sort_unstable();
    names.join(between)
}

fn values(one: &Type) -> String {
    let mut values: Vec<&EnumValue> = one.enum_values.iter().flatten().collect();
    values.sort_by(|a, b| a.name.cmp(&b.name));
    let mut text = String::new();
    for value in values {
        describe(&mut text, "  ", value.description.as_deref());
        let end = deprecated(value.is_deprecated, value.deprecation_reason.as_deref());
        line(&mut text, format_args!("  {}{end}\n", value.name));
    }
    text
}

fn fields(one: &Type) -> String {
    let mut fields: Vec<&Field> = one.fields.iter().flatten().collect();
    fields.sort_by(|a, b| a.name.cmp(&b.name));
    let mut text = String::new();
    for field in fields {
        describe(&mut text, "  ", field.description.as_deref());
        let args = if field.args.is_empty() {
            String::new()
        } else {
            format!("(\n{}  )", inputs(&field.args, "    "))
        };
        let end = deprecated(field.is_deprecated, field.deprecation_reason.as_deref());
        let of = reference(&field.of);
        line(
            &mut text,
            format_args!("  {}{args}: {of}{end}\n", field.name),
        );
    }
    text
}

fn inputs(list: &[Input], indent: &str) -> String {
    let mut inputs: Vec<&Input> = list.iter().collect();
    inputs.sort_by(|a, b| a.name.cmp(&b.name));
    let mut text = String::new();
    for input in inputs {
        describe(&mut text, indent, input.description.as_deref());
        let default = input.default_value.as_deref();
        let default = default
            .map(|value| format!(" = {value}"))
            .unwrap_or_default();
        let end = deprecated(input.is_deprecated, input.deprecation_reason.as_deref());
        let of = reference(&input.of);
        line(
            &mut text,
            format_args!("{indent}{}: {of}{default}{end}\n", input.name),
        );
    }
    text
}

fn reference(of: &Ref) -> String {
    let inner = || of.of_type.as_deref().map(reference).unwrap_or_default();
    match of.kind.as_str() {
        "NON_NULL" => format!("{}!", inner()),
        "LIST" => format!("[{}]", inner()),
        _ => of.name.clone().unwrap_or_default(),
    }
}

fn deprecated(is: bool, reason: Option<&str>) -> String {
    match (is, reason) {
        (false, _) => String::new(),
        (true, Some(reason)) => format!(" @deprecated(reason: {reason:?})"),
        (true, None) => " @deprecated".to_owned(),
    }
}

fn describe(text: &mut String, indent: &str, description: Option<&str>) {
    if let Some(description) = description {
        line(text, format_args!("{indent}\"\"\"\n"));
        for one in description.lines() {
            let one = one.replace("\"\"\"", "\\\"\"\"");
            line(text, format_args!("{indent}{}\n", one.trim_end()));
        }
        line(text, format_args!("{indent}\"\"\"\n"));
    }
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(line);
}
