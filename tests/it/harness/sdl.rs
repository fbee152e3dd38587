//! The schema as a list of everything that can be asked: a call for each root field.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind,
    TypeSystemDefinition,
};
use rialto::graphql::Api;
use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use super::Shop;

const VIEW: &str = "{ __schema { types { name kind
    fields(includeDeprecated: true) { name args(includeDeprecated: true) { name } }
    inputFields(includeDeprecated: true) { name } enumValues(includeDeprecated: true) { name } } } }";

/// What a role sees: `Type`, `Type.field`, `Type.field(argument)`, `Enum.VALUE`.
pub type View = BTreeSet<String>;

/// What a call asks for.
#[derive(Clone, Copy)]
pub struct Wish<'a> {
    /// The id that stands wherever an id may stand; without one only what must be there is given.
    pub id: Option<&'a str>,
    /// What the caller sees, and so selects.
    pub view: &'a View,
    /// Levels of objects below the field.
    pub depth: usize,
}

/// The whole schema, by type.
pub struct Sdl(BTreeMap<String, TypeDefinition>);

impl Shop {
    /// Everything that a role sees, by its own introspection.
    pub async fn view(&self, role: Role) -> View {
        let answer = self.app.front.api.introspect(role, VIEW).await;
        let answer: Value = serde_json::from_slice(&answer).expect("JSON");
        let mut view = View::new();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let name = |value: &Value| value["name"].as_str().expect("a name").to_owned();
        for kind in list(&answer["data"]["__schema"]["types"]) {
            let of = name(&kind);
            if of.starts_with("__") {
                continue;
            }
            for field in list(&kind["fields"]) {
                let path = format!("{of}.{}", name(&field));
                let argument = |one| format!("{path}({})", name(one));
                view.extend(list(&field["args"]).iter().map(argument));
                view.insert(path);
            }
            for part in ["inputFields", "enumValues"] {
                let parts = list(&kind[part]);
                view.extend(parts.iter().map(|one| format!("{of}.{}", name(one))));
            }
            view.insert(of);
        }
        assert!(view.contains("Query.me"), "{role:?} sees nothing");
        view
    }
}

impl Sdl {
    /// Of this program.
    pub fn read() -> Self {
        let document = parse_schema(Api::sdl()).expect("our own SDL");
        let definitions = document.definitions.into_iter();
        let types = definitions.filter_map(|one| match one {
            TypeSystemDefinition::Type(one) => Some((one.node.name.node.to_string(), one.node)),
            _ => None,
        });
        Self(types.collect())
    }

    /// The fields of a root.
    pub fn fields(&self, root: &str) -> Vec<&FieldDefinition> {
        match &self.0[root].kind {
            TypeKind::Object(object) => object.fields.iter().map(|field| &field.node).collect(),
            _ => panic!("{root} is no object"),
        }
    }

    /// Whether an id can be given anywhere in the arguments of the field.
    pub fn takes_id(&self, field: &FieldDefinition) -> bool {
        let arguments = field.arguments.iter();
        arguments
            .map(|one| &one.node)
            .any(|one| self.bears_id(&one.ty.node, 0))
    }

    /// A call of a root field: the operation and its variables.
    pub fn call(&self, root: &str, field: &FieldDefinition, wish: Wish<'_>) -> (String, Value) {
        let wanted = |one: &&InputValueDefinition| {
            let must = !one.ty.node.nullable && one.default_value.is_none();
            must || (wish.id.is_some() && self.bears_id(&one.ty.node, 0))
        };
        let arguments: Vec<_> = field.arguments.iter().map(|one| &one.node).collect();
        let arguments: Vec<_> = arguments.into_iter().filter(wanted).collect();
        let declared = |one: &&InputValueDefinition| format!("${}: {}", one.name.node, one.ty.node);
        let given = |one: &&InputValueDefinition| format!("{0}: ${0}", one.name.node);
        let join = |texts: Vec<String>| match texts.len() {
            0 => String::new(),
            _ => format!("({})", texts.join(", ")),
        };
        let query = format!(
            "{}{} {{ {}{}{} }}",
            root.to_lowercase(),
            join(arguments.iter().map(declared).collect()),
            field.name.node,
            join(arguments.iter().map(given).collect()),
            self.selection(&field.ty.node, wish),
        );
        let value = |one: &&InputValueDefinition| {
            (one.name.node.to_string(), self.value(&one.ty.node, wish.id))
        };
        let variables = arguments.iter().map(value).collect();
        (query, Value::Object(variables))
    }

    /// Everything the caller sees of a type: fields that need no argument, so many levels deep.
    fn selection(&self, ty: &Type, wish: Wish<'_>) -> String {
        let name = named(ty);
        let (fields, types) = match self.0.get(name).map(|one| &one.kind) {
            Some(TypeKind::Object(object)) => (&object.fields[..], Vec::new()),
            Some(TypeKind::Interface(interface)) => {
                (&interface.fields[..], self.implementing(name, wish))
            }
            _ => return String::new(),
        };
        let mut selected = vec!["__typename".to_owned()];
        for field in fields.iter().map(|field| &field.node) {
            let seen = wish.view.contains(&format!("{name}.{}", field.name.node));
            let needs = field
                .arguments
                .iter()
                .any(|one| !one.node.ty.node.nullable && one.node.default_value.is_none());
            if !seen || needs || field.name.node == "edges" {
                continue;
            }
            let leaf = self.is_leaf(&field.ty.node);
            if leaf || wish.depth > 0 {
                let below = Wish {
                    depth: wish.depth.saturating_sub(1),
                    ..wish
                };
                let below = self.selection(&field.ty.node, below);
                selected.push(format!("{}{below}", field.name.node));
            }
        }
        selected.extend(types);
        format!(" {{ {} }}", selected.join(" "))
    }

    /// Fragments on the types of `Node`; the types of other interfaces share their fields.
    fn implementing(&self, interface: &str, wish: Wish<'_>) -> Vec<String> {
        if interface != "Node" || wish.depth == 0 {
            return Vec::new();
        }
        let of = |kind: &TypeKind| match kind {
            TypeKind::Object(object) => object.implements.iter().any(|one| one.node == interface),
            _ => false,
        };
        let types = self
            .0
            .iter()
            .filter(|(name, one)| of(&one.kind) && wish.view.contains(*name));
        let fragment = |name: &String| {
            let leaves = Wish { depth: 0, ..wish };
            let ty = Type::new(name).expect("a type");
            format!("... on {name}{}", self.selection(&ty, leaves))
        };
        types.map(|(name, _)| fragment(name)).collect()
    }

    fn is_leaf(&self, ty: &Type) -> bool {
        matches!(
            self.0.get(named(ty)).map(|one| &one.kind),
            None | Some(TypeKind::Scalar | TypeKind::Enum(_))
        )
    }

    fn bears_id(&self, ty: &Type, level: usize) -> bool {
        let name = named(ty);
        if name == "ID" {
            return true;
        }
        match self.0.get(name).map(|one| &one.kind) {
            Some(TypeKind::InputObject(input)) if level < 4 => {
                let mut fields = input.fields.iter().map(|field| &field.node.ty.node);
                fields.any(|ty| self.bears_id(ty, level + 1))
            }
            _ => false,
        }
    }

    /// A value that a type takes: the least, or with the id wherever one may stand.
    fn value(&self, ty: &Type, id: Option<&str>) -> Value {
        let name = match &ty.base {
            BaseType::List(inner) if id.is_some() && self.bears_id(inner, 0) => {
                return json!([self.value(inner, id)]);
            }
            BaseType::List(_) => return json!([]),
            BaseType::Named(name) => name.as_str(),
        };
        match self.0.get(name).map(|one| (&one.kind, &one.directives)) {
            Some((TypeKind::Enum(kind), _)) => json!(kind.values[0].node.value.node.as_str()),
            Some((TypeKind::InputObject(input), directives)) => {
                let one_of = directives.iter().any(|one| one.node.name.node == "oneOf");
                let fields = || input.fields.iter().map(|field| &field.node);
                let bears = |field: &&InputValueDefinition| self.bears_id(&field.ty.node, 0);
                let chosen: Vec<_> = if one_of {
                    fields()
                        .find(bears)
                        .or_else(|| fields().next())
                        .into_iter()
                        .collect()
                } else {
                    let wanted = |field: &&InputValueDefinition| {
                        !field.ty.node.nullable || (id.is_some() && bears(field))
                    };
                    fields().filter(wanted).collect()
                };
                let value = |field: &InputValueDefinition| {
                    (field.name.node.to_string(), self.value(&field.ty.node, id))
                };
                Value::Object(chosen.into_iter().map(value).collect())
            }
            _ => match name {
                "ID" => json!(id.unwrap_or("x")),
                "Int" => json!(1),
                "Boolean" => json!(false),
                "Decimal" => json!("1.00"),
                "BigInt" => json!("1"),
                "CurrencyCode" => json!("EUR"),
                "DateTime" => json!("2026-01-01T00:00:00Z"),
                _ => json!("x"),
            },
        }
    }
}

/// The name of a type, whatever list it stands in.
fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(inner) => named(inner),
    }
}
