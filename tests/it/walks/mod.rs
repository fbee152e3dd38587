//! Walks over all commands of the registry: what must hold of each of them, whatever it does.
//!
//! Every command has at least one sample ([`sample`]), a valid call in a shop that was prepared
//! for it; a new command without one fails every walk. Each area's samples share
//! a database of their own, in which nothing runs by itself, and none stands in another's way.

mod goods;
mod orders;
mod payments;
mod people;
mod sample;
mod setup;
mod told;
mod world;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rialto::domain::registry::COMMANDS;
use rialto::kernel::error::{Fault, Stop};
use rialto::kernel::permission::Role;
use rialto::write::{Evidence, KeyRule};

use self::sample::{Sample, as_role};
use self::world::World;
use crate::both;
use crate::harness::database::Engine;
use crate::manual::current;

/// The most statements a sample may take.
const STATEMENTS_MAX: i64 = 200;

/// The samples of an area, each ready to be run in that world.
async fn samples(area: &str, world: &World) -> Vec<Sample> {
    match area {
        "setup" => setup::samples(world).await,
        "goods" => goods::samples(world).await,
        "people" => people::samples(world).await,
        "orders" => orders::samples(world).await,
        "payments" => payments::samples(world).await,
        _ => panic!("no area {area}"),
    }
}

const AREAS: &[&str] = &["setup", "goods", "people", "orders", "payments"];

/// Walks over all samples; proves that no command is without one.
async fn walk(engine: Engine, mut visit: impl AsyncFnMut(&World, &Sample)) {
    let mut seen = BTreeSet::new();
    for area in AREAS {
        let world = World::open(engine).await;
        for sample in samples(area, &world).await {
            seen.insert(sample.card.name);
            visit(&world, &sample).await;
        }
        world.close().await;
    }
    let all: BTreeSet<_> = COMMANDS.iter().map(|card| card.name).collect();
    assert_eq!(seen, all, "every command has a sample, and only those");
}

/// Fails each statement of the sample once, the commit too, until none is left to fail.
async fn burn(world: &World, sample: &Sample) {
    let name = sample.card.name;
    let before = world.rows().await;
    for nth in 1..=STATEMENTS_MAX {
        world.fuse.set(nth);
        let result = sample.run(world, "walk-of-the-fuse").await;
        let blown = world.fuse.is_spent();
        world.fuse.set(0);
        if !blown {
            assert!(nth > 1, "{name} takes no statement");
            let (output, replayed) = result.unwrap_or_else(|stop| panic!("{name}: {stop:?}"));
            assert!(!replayed, "{name} was kept by one that failed: {output}");
            let rows = world.rows().await;
            assert_ne!(
                before, rows,
                "{name} changes nothing, so this walk proves nothing of it"
            );
            return;
        }
        assert!(result.is_err(), "{name} hides that statement {nth} failed");
        let after = world.rows().await;
        assert_same(&before, &after, name);
    }
    panic!("{name} takes more than {STATEMENTS_MAX} statements");
}

/// Compares the rows of all tables; tells those of the first table that differs.
fn assert_same(before: &[String], after: &[String], name: &str) {
    assert_eq!(before.len(), after.len(), "{name} made or dropped a table");
    for (before, after) in before.iter().zip(after) {
        assert!(before == after, "{name} changed {before}\nto {after}");
    }
}

/// Runs the sample twice with one key.
async fn repeat(world: &World, sample: &Sample) {
    let name = sample.card.name;
    if sample.card.key == KeyRule::Ignored {
        return;
    }
    let key = "walk-of-the-key-1";
    let first = sample.run(world, key).await;
    let (first, replayed) = first.unwrap_or_else(|stop| panic!("{name}: {stop:?}"));
    assert!(!replayed, "{name} was run before");
    let before = world.rows().await;
    let second = sample.run(world, key).await;
    let (second, replayed) = second.unwrap_or_else(|stop| panic!("{name} again: {stop:?}"));
    assert!(replayed, "{name} ran again");
    assert_eq!(first, second, "{name} answers the same");
    assert_same(&before, &world.rows().await, name);
}

/// Asks in every role that lacks the permission.
async fn refuse(world: &World, sample: &Sample) {
    let card = sample.card;
    let before = world.rows().await;
    for role in Role::ALL {
        if role.may(card.permission) {
            continue;
        }
        let caller = as_role(&sample.caller, *role);
        let result = sample.run_as(world, &caller, "walk-of-the-roles").await;
        let refused = matches!(result, Err(Stop::Fault(Fault::Forbidden(_))));
        assert!(refused, "{} as {}: {result:?}", card.name, role.as_str());
    }
    assert_same(&before, &world.rows().await, card.name);
}

both! {
    async fn every_command_leaves_nothing_when_any_of_its_statements_fails(shop: Shop) {
        walk(shop.engine, burn).await;
    }

    async fn every_command_runs_once_with_one_key(shop: Shop) {
        walk(shop.engine, repeat).await;
    }

    async fn what_every_command_changes_for_everybody_is_told(shop: Shop) {
        walk(shop.engine, told::told).await;
    }

    async fn what_goes_with_something_else_is_known(shop: Shop) {
        told::parts(&shop).await;
    }

    async fn no_command_runs_without_its_permission(shop: Shop) {
        walk(shop.engine, refuse).await;
    }
}

#[test]
fn what_each_command_asks_for_is_as_reviewed() {
    let mut page = String::from("# command | permission | key | evidence\n");
    for card in COMMANDS {
        let (name, permission) = (card.name, card.permission.as_str());
        let line = format!(
            "{name} | {permission} | {:?} | {:?}",
            card.key, card.evidence
        );
        writeln!(page, "{line}").expect("a line");
    }
    current("tests/golden/commands.txt", &page);
}

#[test]
fn commands_that_leave_no_audit_entry_are_reviewed() {
    let silent = COMMANDS
        .iter()
        .filter(|card| card.evidence == Evidence::Bookkeeping);
    let page: String = silent.map(|card| format!("{}\n", card.name)).collect();
    current("tests/golden/bookkeeping.txt", &page);
}

#[test]
fn no_two_commands_share_a_name() {
    let names: BTreeSet<_> = COMMANDS.iter().map(|card| card.name).collect();
    assert_eq!(names.len(), COMMANDS.len());
}
