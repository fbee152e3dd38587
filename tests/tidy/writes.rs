//! Rows change in a store, or in the two rooms the door is made of. SQL as text stands there, and in
//! the checks, which only ask.

use super::source::{Breach, Source, phrase};

const WRITING: &[&[&str]] = &[
    &["Entity", ":", ":", "insert", "("],
    &["Entity", ":", ":", "update", "("],
    &["Entity", ":", ":", "delete", "("],
    &["insert_many", "("],
    &["update_many", "("],
    &["delete_many", "("],
    &["delete_by_id", "("],
    &[".", "exec", "("],
    &[".", "exec_with_returning", "("],
    &[".", "exec_without_returning", "("],
    &["ActiveModelTrait"],
    &["ActiveModel"],
];

const RAW: &[&[&str]] = &[
    &["Statement", ":", ":"],
    &["execute_unprepared"],
    &["raw_sql", "!"],
];

pub fn breaches(house: &[Source]) -> Vec<Breach> {
    house
        .iter()
        .filter(|source| source.path.starts_with("src/"))
        .flat_map(in_file)
        .collect()
}

fn in_file(source: &Source) -> Vec<Breach> {
    let path = source.path.as_str();
    if source.is_store() || path.starts_with("src/write/") || path.starts_with("src/db/") {
        return Vec::new();
    }
    let mut found = phrases(source, WRITING, "rows change only in a store");
    if !path.ends_with("/check.rs") {
        found.extend(phrases(source, RAW, "SQL as text belongs in a store"));
    }
    found
}

fn phrases(source: &Source, list: &[&[&str]], why: &str) -> Vec<Breach> {
    let at = |words: &&[&str]| {
        let what = words.concat();
        let lines = phrase(&source.live, words).into_iter();
        lines
            .map(|line| source.breach(line, format!("`{what}`: {why}")))
            .collect::<Vec<_>>()
    };
    list.iter().flat_map(at).collect()
}

#[test]
fn each_write_outside_a_store_is_found() {
    for code in [
        "fn a() { carts::Entity::insert(row); }",
        "fn a() { carts::Entity::delete_many(); }",
        "fn a() { query.exec(db); }",
        "use sea_orm::ActiveModelTrait;",
        "fn a() { Statement::from_string(b, s); }",
        "fn a() { db.execute_unprepared(s); }",
    ] {
        let source = Source::new("src/domain/order/commands/cancel.rs", code);
        assert_eq!(in_file(&source).len(), 1, "{code}");
        assert!(
            in_file(&Source::new("src/domain/order/store.rs", code)).is_empty(),
            "{code}"
        );
    }
}
