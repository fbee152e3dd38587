//! The import table: which room of `src/` may name which other, and which crates it may name.

use super::paths::{Named, named};
use super::source::{Breach, Source};

struct Room {
    name: &'static str,
    /// Rooms of ours, besides itself.
    may: &'static [&'static str],
    /// Crates that are kept to some rooms (`KEPT`).
    crates: &'static [&'static str],
}

/// Crates that only the rooms which list them may name. Everything else is free.
const KEPT: &[&str] = &[
    "sea_orm",
    "sea_orm_migration",
    "migration",
    "async_graphql",
    "axum",
    "anyhow",
    "metrics",
    "metrics_exporter_prometheus",
];

const ROOMS: &[Room] = &[
    Room {
        name: "kernel",
        may: &[],
        crates: &[],
    },
    Room {
        name: "meter",
        may: &[],
        crates: &["metrics", "metrics_exporter_prometheus"],
    },
    Room {
        name: "config",
        may: &["kernel"],
        crates: &[],
    },
    Room {
        name: "db",
        may: &["kernel", "meter"],
        crates: &["sea_orm", "migration", "sea_orm_migration"],
    },
    Room {
        name: "write",
        may: &["kernel", "meter", "db"],
        crates: &["sea_orm"],
    },
    Room {
        name: "domain",
        may: &["kernel", "db", "write"],
        crates: &["sea_orm"],
    },
    Room {
        name: "process",
        may: &["kernel", "meter", "db", "write", "domain"],
        crates: &["sea_orm"],
    },
    Room {
        name: "gateway",
        may: &["kernel", "config", "domain"],
        crates: &[],
    },
    Room {
        name: "graphql",
        may: &["kernel", "meter", "db", "write", "domain", "process"],
        crates: &["async_graphql"],
    },
    Room {
        name: "http",
        may: &[
            "kernel", "meter", "config", "db", "write", "domain", "process", "graphql",
        ],
        crates: &["axum"],
    },
    Room {
        name: "worker",
        may: &[
            "kernel", "meter", "config", "db", "write", "domain", "process",
        ],
        crates: &[],
    },
    Room {
        name: "import",
        may: &["kernel", "config", "db", "write", "domain", "process"],
        crates: &[],
    },
];

/// What puts the house together; `cli` holds no SQL either.
const FREE: &[(&str, &[&str])] = &[
    (
        "app",
        &[
            "sea_orm",
            "migration",
            "sea_orm_migration",
            "axum",
            "anyhow",
        ],
    ),
    ("cli", &["migration", "sea_orm_migration", "axum", "anyhow"]),
];

pub fn breaches(house: &[Source]) -> Vec<Breach> {
    house.iter().flat_map(in_file).collect()
}

fn in_file(source: &Source) -> Vec<Breach> {
    if source.path.starts_with("migration/") || source.path.starts_with("entity/") {
        return rows_know_nobody(source);
    }
    let Some(room) = source.module().and_then(|module| module.first().copied()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for path in named(source) {
        let refused = match ROOMS.iter().find(|r| r.name == room) {
            Some(table) => by_table(table, source, &path),
            None => match FREE.iter().find(|(name, _)| *name == room) {
                Some((_, crates)) => by_crates(room, crates, &path),
                None => Some(format!("room `{room}` is not in the import table")),
            },
        };
        if let Some(why) = refused {
            found.push(source.breach(path.line, format!("{}: {why}", path.text())));
        }
    }
    found
}

fn by_table(room: &Room, source: &Source, path: &Named) -> Option<String> {
    let Some(ours) = path.ours() else {
        return by_crates(room.name, room.crates, path)
            .or_else(|| by_file(room.name, source, path));
    };
    let other = ours[0].as_str();
    if other.starts_with(char::is_uppercase) || other == room.name {
        return None; // a name of the crate's root, or its own room
    }
    if !room.may.contains(&other) {
        return Some(format!("{} may not see {other}", room.name));
    }
    match (room.name, ours) {
        ("graphql" | "http" | "worker" | "import", [db, name, ..])
            if db == "db" && name != "Reader" =>
        {
            Some(format!("{} sees only the Reader of db", room.name))
        }
        ("graphql", [write, name, _, ..])
            if write == "write" && name.starts_with(char::is_lowercase) =>
        {
            Some("graphql uses the door, not its inside".into())
        }
        ("graphql", [_, _, steps, ..]) if steps == "steps" => Some("steps belong to verbs".into()),
        ("gateway", [domain, rest @ ..])
            if domain == "domain" && !rest.iter().any(|s| s == "port") =>
        {
            Some("an adapter sees only ports".into())
        }
        _ => None,
    }
}

fn by_crates(room: &str, crates: &[&str], path: &Named) -> Option<String> {
    let name = path.segments[0].as_str();
    (KEPT.contains(&name) && !crates.contains(&name)).then(|| format!("{room} may not use {name}"))
}

/// Where a room may use a crate or a row only in some of its files.
fn by_file(room: &str, source: &Source, path: &Named) -> Option<String> {
    if room == "process" && path.starts_with("sea_orm") && !source.is_store() {
        return Some("a process holds no SQL outside its store".into());
    }
    let row = path.starts_with("entity") && path.segments[1] != "id";
    (room == "kernel" && row).then(|| "kernel knows ids, not rows".into())
}

fn rows_know_nobody(source: &Source) -> Vec<Breach> {
    let forbidden: &[&str] = if source.path.starts_with("entity/") {
        &["rialto", "migration", "async_graphql", "axum", "tokio"]
    } else {
        &["rialto", "entity", "async_graphql", "axum"]
    };
    named(source)
        .iter()
        .filter(|path| forbidden.contains(&path.segments[0].as_str()))
        .map(|path| {
            source.breach(
                path.line,
                format!("{}: this crate knows only the database", path.text()),
            )
        })
        .collect()
}

#[test]
fn each_forbidden_import_is_found() {
    for (path, code) in [
        ("src/kernel/page.rs", "use crate::db::Reader;"),
        ("src/kernel/page.rs", "use entity::carts::Model;"),
        ("src/kernel/page.rs", "fn a() { sea_orm::Set(1); }"),
        ("src/write/mod.rs", "use crate::domain::order;"),
        (
            "src/domain/order/store.rs",
            "use crate::{kernel::money, graphql::Api};",
        ),
        ("src/domain/order/mod.rs", "use async_graphql::Object;"),
        ("src/process/complete.rs", "use sea_orm::Set;"),
        ("src/graphql/order/types.rs", "use crate::gateway::Sandbox;"),
        ("src/graphql/order/types.rs", "use crate::db::begin;"),
        (
            "src/graphql/order/types.rs",
            "use crate::write::session::Write;",
        ),
        (
            "src/graphql/order/types.rs",
            "use crate::domain::order::steps::ship;",
        ),
        ("src/graphql/order/types.rs", "use sea_orm::EntityTrait;"),
        ("src/graphql/order/types.rs", "use axum::Router;"),
        ("src/http/router.rs", "use super::super::gateway;"),
        (
            "src/gateway/sandbox.rs",
            "use crate::domain::payment::store;",
        ),
        ("src/cli/serve.rs", "use sea_orm::EntityTrait;"),
        ("src/helpers/mod.rs", "use crate::kernel::money;"),
        ("migration/src/lib.rs", "use entity::carts;"),
    ] {
        assert_eq!(in_file(&Source::new(path, code)).len(), 1, "{path}: {code}");
    }
}

#[test]
fn what_the_table_allows_passes() {
    for (path, code) in [
        (
            "src/kernel/caller.rs",
            "use entity::id::CartId; use super::money::Money;",
        ),
        (
            "src/graphql/order/cancel.rs",
            "use crate::write::{execute, Door}; use crate::db::Reader;",
        ),
        ("src/process/store.rs", "use sea_orm::EntityTrait;"),
        (
            "src/gateway/sandbox.rs",
            "use crate::domain::payment::port::Gateway;",
        ),
        ("src/app.rs", "use crate::{graphql::Api, http, gateway};"),
        ("src/main.rs", "use rialto::cli;"),
    ] {
        assert!(
            in_file(&Source::new(path, code)).is_empty(),
            "{path}: {code}"
        );
    }
}
