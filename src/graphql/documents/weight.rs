//! What a document may cost: read from its text alone, before validation, in one visit per fragment.
//!
//! Limits that are computed by visiting are no limits: nine fragments that each spread the next ten
//! times are a thousand million visits. Here every fragment is counted once and the figures are
//! multiplied. Deliberately absent: whether the document fits the schema.

use std::collections::HashMap;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::{Name, Positioned, Value, Variables};

use crate::kernel::error::{Code, Refused};

/// A page has at most so many rows; a larger one is refused where it is asked for.
const PAGE_MAX: u64 = 100;

/// Lists of the introspection that lead from types to more types.
const INTROSPECTION_LISTS: &[&str] = &["fields", "inputFields", "interfaces", "possibleTypes"];

/// So many of them may stand within each other; tools need one or two.
const INTROSPECTION_MAX: u64 = 2;

/// Bounds of one document.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes of text.
    pub bytes: usize,
    /// Tokens of text.
    pub tokens: usize,
    /// Levels of nesting, those of introspection not counted.
    pub depth: u64,
    /// Fields, once all fragments are spread.
    pub fields: u64,
    /// Fields times the page sizes above them.
    pub cost: u64,
    /// Aliases.
    pub aliases: u64,
    /// Directives.
    pub directives: u64,
    /// Fields at the root of a query.
    pub queries: u64,
    /// Fields at the root of a mutation.
    pub mutations: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            bytes: 64 * 1024,
            tokens: 10_000,
            depth: 15,
            fields: 2_000,
            cost: 20_000,
            aliases: 30,
            directives: 60,
            queries: 30,
            mutations: 10,
        }
    }
}

/// What the operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Whether it mutates.
    pub mutates: bool,
    /// Whether it subscribes.
    pub subscribes: bool,
    /// Its fields at the root, those in fragments too.
    pub root_fields: u64,
    /// Whether it asks for the types of the graph.
    pub introspects: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    depth: u64,
    fields: u64,
    cost: u64,
    aliases: u64,
    directives: u64,
    /// Fields right at this level.
    width: u64,
    /// Lists of the introspection within each other.
    introspection: u64,
    introspects: bool,
}

struct Scale<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    /// None where the operation will not run.
    variables: Option<&'a Variables>,
    known: HashMap<&'a Name, Option<Weight>>,
}

/// Weighs every operation, as validation visits them all, and gives the shape of the one that will
/// run; page sizes count in that one.
pub fn weigh(
    document: &ExecutableDocument,
    name: Option<&str>,
    variables: &Variables,
    bounds: &Bounds,
) -> Result<Shape, Refused> {
    let chosen = chosen(document, name);
    for (_, operation) in document.operations.iter() {
        if chosen.is_none_or(|chosen| !std::ptr::eq(chosen, operation)) {
            weigh_one(document, operation, None, bounds)?;
        }
    }
    match chosen {
        Some(operation) => weigh_one(document, operation, Some(variables), bounds),
        None => Ok(Shape {
            mutates: false,
            subscribes: false,
            root_fields: 0,
            introspects: false,
        }),
    }
}

fn weigh_one(
    document: &ExecutableDocument,
    operation: &Positioned<OperationDefinition>,
    variables: Option<&Variables>,
    bounds: &Bounds,
) -> Result<Shape, Refused> {
    let mutates = operation.node.ty == OperationType::Mutation;
    let subscribes = operation.node.ty == OperationType::Subscription;
    if subscribes && !is_one_field(&operation.node.selection_set.node) {
        let message = "A subscription has one field, and no fragment around it.";
        return Err(Refused::new(Code::BadRequest, message));
    }
    let mut scale = Scale {
        document,
        operation: &operation.node,
        variables,
        known: HashMap::new(),
    };
    let weight = scale
        .set(&operation.node.selection_set.node)
        .ok_or_else(|| refuse("Its fragments spread each other in a circle."))?;
    let directives = weight.directives + count(operation.node.directives.len());
    let (most_roots, roots) = match mutates {
        true => (bounds.mutations, "fields at the root of a mutation"),
        false => (bounds.queries, "fields at the root"),
    };
    let checks = [
        (weight.depth, bounds.depth, "levels of nesting"),
        (
            weight.fields,
            bounds.fields,
            "fields, once its fragments are spread",
        ),
        (
            weight.cost,
            bounds.cost,
            "in cost (fields times page sizes)",
        ),
        (weight.aliases, bounds.aliases, "aliases"),
        (directives, bounds.directives, "directives"),
        (weight.width, most_roots, roots),
        (
            weight.introspection,
            INTROSPECTION_MAX,
            "lists of the introspection within each other",
        ),
    ];
    for (is, most, what) in checks {
        if is > most {
            return Err(refuse(&format!("It has {is} {what}; {most} are allowed.")));
        }
    }
    Ok(Shape {
        mutates,
        subscribes,
        root_fields: weight.width,
        introspects: weight.introspects,
    })
}

/// The operation that will run: the named one, or the only one.
pub fn chosen<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a Positioned<OperationDefinition>> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name),
        (DocumentOperations::Multiple(all), None) if all.len() == 1 => all.values().next(),
        (DocumentOperations::Multiple(_), None) => None,
    }
}

/// A stream of events has one source (GraphQL, 5.2.3.1); `__typename` is none.
fn is_one_field(set: &SelectionSet) -> bool {
    let [Positioned { node, .. }] = set.items.as_slice() else {
        return false;
    };
    matches!(node, Selection::Field(field) if !field.node.name.node.starts_with("__"))
}

fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}

/// A text that is too long.
pub(super) fn limit(most: usize, what: &str) -> Refused {
    let message = format!("A document has at most {most} {what}.");
    Refused::new(Code::LimitExceeded, message)
}

fn refuse(message: &str) -> Refused {
    Refused::new(
        Code::LimitExceeded,
        format!("The document is too much at once. {message}"),
    )
}

impl Weight {
    /// Both at one level.
    fn beside(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            fields: self.fields.saturating_add(other.fields),
            cost: self.cost.saturating_add(other.cost),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            width: self.width.saturating_add(other.width),
            introspection: self.introspection.max(other.introspection),
            introspects: self.introspects || other.introspects,
        }
    }
}

impl<'a> Scale<'a> {
    /// The weight of a selection set; nothing where fragments go in a circle.
    fn set(&mut self, set: &'a SelectionSet) -> Option<Weight> {
        let mut sum = Weight::default();
        for item in &set.items {
            let mut weight = match &item.node {
                Selection::Field(field) => self.field(&field.node)?,
                // A spread is visited too, also one that spreads nothing.
                Selection::InlineFragment(inline) => Weight {
                    fields: 1,
                    ..Weight::default()
                }
                .beside(self.set(&inline.node.selection_set.node)?),
                Selection::FragmentSpread(spread) => Weight {
                    fields: 1,
                    ..Weight::default()
                }
                .beside(self.fragment(&spread.node.fragment_name.node)?),
            };
            weight.directives = weight
                .directives
                .saturating_add(count(item.node.directives().len()));
            sum = sum.beside(weight);
        }
        Some(sum)
    }

    fn field(&mut self, field: &'a Field) -> Option<Weight> {
        let below = self.set(&field.selection_set.node)?;
        let name = field.name.node.as_str();
        let lists = u64::from(INTROSPECTION_LISTS.contains(&name));
        Some(Weight {
            depth: match name.starts_with("__") {
                true => 0,
                false => below.depth.saturating_add(1),
            },
            fields: below.fields.saturating_add(1),
            cost: below
                .cost
                .saturating_mul(self.page(field))
                .saturating_add(1),
            aliases: below
                .aliases
                .saturating_add(u64::from(field.alias.is_some())),
            directives: below.directives,
            width: 1,
            introspection: below.introspection.saturating_add(lists),
            introspects: below.introspects || matches!(name, "__schema" | "__type"),
        })
    }

    fn fragment(&mut self, name: &'a Name) -> Option<Weight> {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        self.known.insert(name, None);
        let weight = match self.document.fragments.get(name) {
            Some(fragment) => self.set(&fragment.node.selection_set.node)?,
            None => Weight::default(),
        };
        self.known.insert(name, Some(weight));
        Some(weight)
    }

    /// How often what is below a field comes: the page size it asks for, else once.
    fn page(&self, field: &Field) -> u64 {
        let asked = ["first", "last"].into_iter().filter_map(|name| {
            let value = field.get_argument(name)?.node.clone();
            match value.into_const_with(|name| self.given(&name).ok_or(())) {
                Ok(Value::Number(number)) => number.as_u64(),
                _ => None,
            }
        });
        asked.max().unwrap_or(1).clamp(1, PAGE_MAX)
    }

    /// The value of a variable: as sent, else its default.
    fn given(&self, name: &Name) -> Option<Value> {
        let sent = self.variables.and_then(|variables| variables.get(name));
        let mut defined = self.operation.variable_definitions.iter();
        let default = || {
            let definition = defined.find(|one| one.node.name.node == *name)?;
            Some(definition.node.default_value.as_ref()?.node.clone())
        };
        sent.cloned().or_else(default)
    }
}

#[cfg(test)]
#[path = "weight_test.rs"]
mod tests;
