//! Values against their types: literals of a document once, variables with every request.
//!
//! The library checks literals only where no variable stands beside them, takes integers beyond 32
//! bits, and text for the name of an enum. Deliberately absent: whether arguments are known and
//! given; its rules see to that.

use async_graphql::parser::types::{
    Directive, ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet,
    VariableDefinition,
};
use async_graphql::registry::{MetaInputValue, MetaType, MetaTypeName, Registry};
use async_graphql::{Name, Pos, Positioned, ServerError, Variables};
use async_graphql_value::Value;

type Argument = (Positioned<Name>, Positioned<Value>);

/// Whether a value was written in the document or sent beside it: JSON has no names of enums.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Literal,
    Json,
}

/// What is wrong with the literals of a document that the rules of the library let pass.
pub(super) fn literals(registry: &Registry, document: &ExecutableDocument) -> Vec<ServerError> {
    let mut walk = Walk {
        registry,
        errors: Vec::new(),
    };
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        walk.directives(&operation.directives);
        for definition in &operation.variable_definitions {
            walk.default(&definition.node);
        }
        let root = match operation.ty {
            OperationType::Query => Some(registry.query_type.as_str()),
            OperationType::Mutation => registry.mutation_type.as_deref(),
            OperationType::Subscription => registry.subscription_type.as_deref(),
        };
        walk.set(
            &operation.selection_set.node,
            root.and_then(|root| registry.types.get(root)),
        );
    }
    for fragment in document.fragments.values() {
        let on = fragment.node.type_condition.node.on.node.as_str();
        walk.directives(&fragment.node.directives);
        walk.set(&fragment.node.selection_set.node, registry.types.get(on));
    }
    walk.errors
}

/// What is wrong with the variables that were sent for an operation.
pub(super) fn variables(
    registry: &Registry,
    operation: &OperationDefinition,
    sent: &Variables,
) -> Vec<ServerError> {
    let mut errors = Vec::new();
    for definition in &operation.variable_definitions {
        let one = &definition.node;
        let (name, ty) = (&one.name.node, one.var_type.node.to_string());
        let wrong = match sent.get(name) {
            Some(value) => check(registry, &ty, &value.clone().into_value(), Form::Json),
            None if one.default_value.is_none() && !one.var_type.node.nullable => {
                Some("it is required".to_owned())
            }
            None => None,
        };
        if let Some(why) = wrong {
            let message = format!("Variable \"${name}\" of type \"{ty}\": {why}.");
            errors.push(ServerError::new(message, Some(definition.pos)));
        }
    }
    errors
}

struct Walk<'a> {
    registry: &'a Registry,
    errors: Vec<ServerError>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &SelectionSet, parent: Option<&'a MetaType>) {
        for item in &set.items {
            self.directives(item.node.directives());
            match &item.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let meta = parent.and_then(|ty| ty.field_by_name(field.name.node.as_str()));
                    let Some(meta) = meta else { continue };
                    self.arguments(&field.arguments, |name| meta.args.get(name));
                    let below = MetaTypeName::concrete_typename(&meta.ty);
                    let below = self.registry.types.get(below);
                    self.set(&field.selection_set.node, below);
                }
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref();
                    let below = match on {
                        Some(on) => self.registry.types.get(on.node.on.node.as_str()),
                        None => parent,
                    };
                    self.set(&inline.node.selection_set.node, below);
                }
                // Fragments are walked once each.
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) {
        for directive in directives {
            let known = self
                .registry
                .directives
                .get(directive.node.name.node.as_str());
            if let Some(known) = known {
                self.arguments(&directive.node.arguments, |name| known.args.get(name));
            }
        }
    }

    fn arguments(
        &mut self,
        arguments: &[Argument],
        known: impl Fn(&str) -> Option<&'a MetaInputValue>,
    ) {
        for (name, value) in arguments {
            let Some(argument) = known(name.node.as_str()) else {
                continue;
            };
            if let Some(why) = check(self.registry, &argument.ty, &value.node, Form::Literal) {
                self.refuse(value.pos, &format!("argument \"{}\"", name.node), &why);
            }
        }
    }

    fn default(&mut self, definition: &VariableDefinition) {
        let Some(default) = &definition.default_value else {
            return;
        };
        let ty = definition.var_type.node.to_string();
        let value = default.node.clone().into_value();
        if let Some(why) = check(self.registry, &ty, &value, Form::Literal) {
            let what = format!("variable \"${}\"", definition.name.node);
            self.refuse(default.pos, &what, &why);
        }
    }

    fn refuse(&mut self, pos: Pos, what: &str, why: &str) {
        let message = format!("Invalid value for {what}: {why}.");
        self.errors.push(ServerError::new(message, Some(pos)));
    }
}

/// Why the value is none of this type; nothing where it is, or where a variable stands.
fn check(registry: &Registry, ty: &str, value: &Value, form: Form) -> Option<String> {
    if matches!(value, Value::Variable(_)) {
        return None;
    }
    match MetaTypeName::create(ty) {
        MetaTypeName::NonNull(_) if *value == Value::Null => Some(expected(ty)),
        MetaTypeName::NonNull(inner) => check(registry, inner, value, form),
        MetaTypeName::List(inner) => match value {
            Value::List(items) => items
                .iter()
                .find_map(|item| check(registry, inner, item, form)),
            _ => check_nullable(registry, inner, value, form),
        },
        MetaTypeName::Named(name) if *value != Value::Null => {
            check_named(registry, registry.types.get(name)?, value, form)
        }
        MetaTypeName::Named(_) => None,
    }
}

/// A single value where a list is wanted; null is no list.
fn check_nullable(registry: &Registry, ty: &str, value: &Value, form: Form) -> Option<String> {
    match value {
        Value::Null => None,
        one => check(registry, ty, one, form),
    }
}

fn check_named(registry: &Registry, ty: &MetaType, value: &Value, form: Form) -> Option<String> {
    let wrong = || Some(expected(ty.name()));
    match ty {
        MetaType::Scalar { name, is_valid, .. } => {
            if name == "Int" && !is_int(value) {
                return wrong();
            }
            // A scalar with a variable inside is read when it is there.
            let value = value.clone().into_const()?;
            let valid = is_valid.as_ref().is_none_or(|is_valid| is_valid(&value));
            if valid { None } else { wrong() }
        }
        MetaType::Enum { enum_values, .. } => {
            let name = match (value, form) {
                (Value::Enum(name), _) => name.as_str(),
                (Value::String(name), Form::Json) => name.as_str(),
                _ => return wrong(),
            };
            if enum_values.contains_key(name) {
                None
            } else {
                Some(format!("\"{}\" has no value \"{name}\"", ty.name()))
            }
        }
        MetaType::InputObject { .. } => check_object(registry, ty, value, form),
        _ => None,
    }
}

fn check_object(registry: &Registry, ty: &MetaType, value: &Value, form: Form) -> Option<String> {
    let (
        MetaType::InputObject {
            input_fields,
            oneof,
            ..
        },
        Value::Object(given),
    ) = (ty, value)
    else {
        return Some(expected(ty.name()));
    };
    if let Some(name) = given
        .keys()
        .find(|name| !input_fields.contains_key(name.as_str()))
    {
        return Some(format!("\"{}\" has no field \"{name}\"", ty.name()));
    }
    if *oneof && (given.len() != 1 || given.values().any(|value| *value == Value::Null)) {
        return Some(format!("\"{}\" takes exactly one field", ty.name()));
    }
    for field in input_fields.values() {
        let why = match given.get(field.name.as_str()) {
            Some(value) => check(registry, &field.ty, value, form),
            None if field.ty.ends_with('!') && field.default_value.is_none() => {
                Some("it is required".to_owned())
            }
            None => None,
        };
        if let Some(why) = why {
            return Some(format!("field \"{}\": {why}", field.name));
        }
    }
    None
}

fn expected(ty: &str) -> String {
    format!("expected type \"{ty}\"")
}

/// Whether the value is an integer of 32 bits.
fn is_int(value: &Value) -> bool {
    let Value::Number(number) = value else {
        return false;
    };
    number
        .as_i64()
        .is_some_and(|number| i32::try_from(number).is_ok())
}
