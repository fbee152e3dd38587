//! Purity by file name: the kernel, and every file of an area whose name does not say I/O, decides
//! from what it is given. No waiting, no query, no clock, no chance, no log.

use super::paths::{Named, named};
use super::source::{Breach, Source, phrase};

const CRATES: &[&str] = &[
    "sea_orm",
    "tokio",
    "tracing",
    "log",
    "rand",
    "reqwest",
    "futures_util",
];

/// Ends of paths that ask the machine for something.
const ASKING: &[&[&str]] = &[
    &["Utc", "now"],
    &["Local", "now"],
    &["Instant", "now"],
    &["SystemTime", "now"],
    &["Uuid", "now_v7"],
    &["Uuid", "new_v4"],
    &["env", "var"],
    &["env", "var_os"],
    &["env", "vars"],
];

/// Names of a row, as opposed to its ids and its state.
const ROW: &[&str] = &["Entity", "Model", "ActiveModel", "Column", "Relation"];

pub fn breaches(house: &[Source]) -> Vec<Breach> {
    house
        .iter()
        .filter(|source| is_pure(source))
        .flat_map(in_file)
        .collect()
}

fn is_pure(source: &Source) -> bool {
    if source.path.starts_with("src/kernel/") {
        return true;
    }
    let Some(area) = source.area() else {
        return false;
    };
    let inside = source
        .path
        .trim_start_matches("src/domain/")
        .trim_start_matches(area);
    let names_io = matches!(inside, "/steps.rs" | "/check.rs") || inside.starts_with("/commands/");
    !names_io && !source.is_store()
}

fn in_file(source: &Source) -> Vec<Breach> {
    let mut found = Vec::new();
    let mut says =
        |line, what: &str| found.push(source.breach(line, format!("{what} in a pure file")));
    for line in phrase(&source.live, &[".", "await"]) {
        says(line, "`.await`");
    }
    if !source.path.ends_with("/port.rs") {
        for line in phrase(&source.live, &["async"]) {
            says(line, "`async`");
        }
    }
    for macro_name in ["println", "eprintln", "print", "dbg"] {
        for line in phrase(&source.live, &[macro_name, "!"]) {
            says(line, &format!("`{macro_name}!`"));
        }
    }
    // An area's `mod.rs` may hand on the names of its verbs and readers.
    let hands_on = source.path.ends_with("/mod.rs");
    for path in named(source) {
        if is_impure(&path) && !(hands_on && is_of(source, &path)) {
            says(path.line, &path.text());
        }
    }
    found
}

fn is_impure(path: &Named) -> bool {
    let segments = &path.segments;
    CRATES.contains(&segments[0].as_str())
        || ASKING.iter().any(|end| {
            segments
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .ends_with(end)
        })
        || (path.starts_with("entity") && ROW.iter().any(|row| segments.iter().any(|s| s == row)))
        || path.ours().is_some_and(sees_io)
}

/// Whether a path leads into the file's own area.
fn is_of(source: &Source, path: &Named) -> bool {
    matches!(path.ours(), Some([room, area, ..]) if room == "domain" && source.area() == Some(area))
}

fn sees_io(ours: &[String]) -> bool {
    match ours {
        [room, ..] if ["db", "write"].contains(&room.as_str()) => true,
        [room, _, file, ..] if room == "domain" => {
            ["store", "steps", "check", "commands"].contains(&file.as_str())
        }
        _ => false,
    }
}

#[test]
fn each_impurity_is_found() {
    for code in [
        "async fn a() {}",
        "fn a() { b.await; }",
        "use sea_orm::Set;",
        "fn a() { tracing::info!(\"x\"); }",
        "fn a() { chrono::Utc::now(); }",
        "fn a() { rand::random::<u8>(); }",
        "use crate::write::Write;",
        "use super::store::load;",
        "use entity::orders::Model;",
        "fn a() { println!(\"x\"); }",
    ] {
        let found = in_file(&Source::new("src/domain/order/cancel.rs", code));
        assert_eq!(found.len(), 1, "{code}");
    }
}

#[test]
fn the_face_of_an_area_may_name_its_verbs() {
    let code = "pub use self::commands::cancel::Cancel; pub use store::by_id;";
    assert!(in_file(&Source::new("src/domain/order/mod.rs", code)).is_empty());
    let other = Source::new(
        "src/domain/order/mod.rs",
        "use crate::domain::payment::store;",
    );
    assert_eq!(in_file(&other).len(), 1);
}

#[test]
fn the_name_says_where_io_may_be() {
    for (path, pure) in [
        ("src/domain/order/mod.rs", true),
        ("src/domain/order/totals.rs", true),
        ("src/domain/order/store.rs", false),
        ("src/domain/order/store/lines.rs", false),
        ("src/domain/order/steps.rs", false),
        ("src/domain/order/check.rs", false),
        ("src/domain/order/commands/mod.rs", false),
        ("src/domain/registry.rs", false),
        ("src/kernel/money.rs", true),
        ("src/graphql/mod.rs", false),
    ] {
        assert_eq!(is_pure(&Source::new(path, "")), pure, "{path}");
    }
}
