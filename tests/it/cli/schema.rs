//! `rialto schema`: the whole of it, and what a role sees.

use std::collections::BTreeSet;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeDefinition, TypeKind, TypeSystemDefinition};

use super::terminal::Terminal;

/// `Type.field` for every field, input and value.
fn elements(sdl: &str) -> BTreeSet<String> {
    let document = parse_schema(sdl).expect("SDL");
    let mut all = BTreeSet::new();
    for definition in document.definitions {
        if let TypeSystemDefinition::Type(definition) = definition {
            all.extend(of_type(&definition.node));
        }
    }
    all
}

fn of_type(definition: &TypeDefinition) -> Vec<String> {
    let names: Vec<String> = match &definition.kind {
        TypeKind::Object(object) => object
            .fields
            .iter()
            .map(|one| one.node.name.to_string())
            .collect(),
        TypeKind::Interface(one) => one
            .fields
            .iter()
            .map(|one| one.node.name.to_string())
            .collect(),
        TypeKind::InputObject(one) => one
            .fields
            .iter()
            .map(|one| one.node.name.to_string())
            .collect(),
        TypeKind::Enum(one) => one
            .values
            .iter()
            .map(|one| one.node.value.to_string())
            .collect(),
        TypeKind::Scalar | TypeKind::Union(_) => vec![String::new()],
    };
    let owner = &definition.name.node;
    names.iter().map(|name| format!("{owner}.{name}")).collect()
}

#[test]
fn it_needs_no_database_and_is_the_manual() {
    let terminal = Terminal::bare();
    let printed = terminal.ok("schema");
    assert_eq!(printed, rialto::graphql::Api::sdl());
    assert!(!terminal.folder.path().join("data").exists());
}

#[test]
fn a_role_sees_what_it_may_use() {
    let terminal = Terminal::bare();
    let whole = elements(&terminal.ok("schema"));
    let seen = |role: &str| elements(&terminal.ok(&format!("schema --role {role}")));
    let (guest, admin) = (seen("guest"), seen("admin"));
    assert!(
        guest.is_subset(&whole),
        "{:?}",
        guest.difference(&whole).collect::<Vec<_>>()
    );
    assert!(admin.is_subset(&whole) && admin.len() > guest.len());
    assert!(admin.contains("Mutation.channelCreate") && !guest.contains("Mutation.channelCreate"));
}
