//! The manual is current: the SDL, its descriptions, and the pages of the life cycles.
//!
//! `RIALTO_BLESS=1 cargo test --test it manual` writes the files anew.

use std::path::PathBuf;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeDefinition, TypeKind, TypeSystemDefinition};
use rialto::graphql::Api;

pub fn current(path: &str, wanted: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var("RIALTO_BLESS").is_ok() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(&file, wanted).expect("written");
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    let differs = found.lines().zip(wanted.lines()).position(|(a, b)| a != b);
    assert!(
        found == wanted,
        "{path} is not current (line {}): run RIALTO_BLESS=1 cargo test --test it manual",
        differs.map_or(0, |line| line + 1)
    );
}

#[test]
fn the_schema_file_is_what_the_binary_prints() {
    current("schema.graphql", &Api::sdl());
}

#[test]
fn the_pages_of_the_life_cycles_are_made_from_the_tables() {
    for (name, page) in rialto::domain::lifecycles() {
        current(&format!("docs/lifecycles/{name}.md"), &page);
    }
}

#[test]
fn what_each_state_and_action_come_to_is_as_reviewed() {
    for (name, matrix) in rialto::domain::matrices() {
        current(&format!("tests/golden/machines/{name}.txt"), &matrix);
    }
}

#[test]
fn every_life_can_come_to_an_end() {
    assert_eq!(rialto::domain::traps(), Vec::<&str>::new());
}

#[test]
fn every_element_of_the_schema_is_described() {
    let document = parse_schema(Api::sdl()).expect("our own SDL");
    let mut bare = Vec::new();
    for definition in document.definitions {
        if let TypeSystemDefinition::Type(definition) = definition {
            bare.extend(undescribed(&definition.node));
        }
    }
    assert!(bare.is_empty(), "without a description: {bare:#?}");
}

fn undescribed(definition: &TypeDefinition) -> Vec<String> {
    let name = definition.name.node.to_string();
    let mut bare = Vec::new();
    let mut note = |what: String, described: bool| {
        if !described {
            bare.push(what);
        }
    };
    note(
        name.clone(),
        definition.description.is_some() || matches!(name.as_str(), "Query" | "Mutation"),
    );
    let fields = match &definition.kind {
        TypeKind::Object(object) => &object.fields[..],
        TypeKind::Interface(interface) => &interface.fields[..],
        _ => &[],
    };
    for field in fields {
        let path = format!("{name}.{}", field.node.name.node);
        note(path.clone(), field.node.description.is_some());
        for argument in &field.node.arguments {
            note(
                format!("{path}({})", argument.node.name.node),
                argument.node.description.is_some(),
            );
        }
    }
    if let TypeKind::InputObject(input) = &definition.kind {
        for field in &input.fields {
            note(
                format!("{name}.{}", field.node.name.node),
                field.node.description.is_some(),
            );
        }
    }
    if let TypeKind::Enum(kind) = &definition.kind {
        for value in &kind.values {
            note(
                format!("{name}.{}", value.node.value.node),
                value.node.description.is_some(),
            );
        }
    }
    bare
}
