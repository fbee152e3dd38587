//! Whatever a command changes of what everybody may see is told: to those who keep answers in this
//! process by the tables it wrote, to those elsewhere by the nouns of its events.

use std::collections::BTreeSet;

use entity::outbox_events;
use rialto::domain::public;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};

use super::sample::Sample;
use super::world::World;
use crate::harness::Shop;
use crate::harness::database::Engine;

/// Runs the sample and compares what changed with what was told.
pub async fn told(world: &World, sample: &Sample) {
    let name = sample.card.name;
    let generations = world.shop.app.door.generations().clone();
    let (before, since) = (by_table(world).await, generations.now());
    let known = events(world).await.len();
    let ran = sample.run(world, "walk-of-the-changes").await;
    ran.unwrap_or_else(|stop| panic!("{name}: {stop:?}"));
    let after = by_table(world).await;
    let nouns: BTreeSet<String> = events(world).await.into_iter().skip(known).collect();
    let told: BTreeSet<&str> = nouns
        .iter()
        .flat_map(|noun| public::changed_by(noun).iter().copied())
        .collect();
    for table in public::TABLES {
        let is = |rows: &[String]| {
            let begins = format!("{table}: ");
            let found = rows.iter().find(|rows| rows.starts_with(&begins)).cloned();
            found.unwrap_or_else(|| panic!("there is no table {table}"))
        };
        if is(&before) == is(&after) {
            continue;
        }
        let wholes = public::wholes_of(table).iter();
        let mut here = wholes.chain([table]).map(|table| generations.table(table));
        let holds = here.all(|table| table.holds(since)) && generations.holds(since);
        assert!(!holds, "{name} changed {table}, and nobody here was told");
        assert!(
            told.contains(table),
            "{name} changed {table}; elsewhere only {nouns:?} are told"
        );
    }
}

async fn by_table(world: &World) -> Vec<String> {
    world.rows().await
}

/// The nouns of all events, in the order they were committed.
async fn events(world: &World) -> Vec<String> {
    let read = world.shop.app.door.reader();
    let mut rows = outbox_events::Entity::find()
        .all(&read)
        .await
        .expect("events");
    rows.sort_by_key(|row| (row.position, row.id));
    rows.into_iter().map(|row| row.aggregate_type).collect()
}

/// Whoever reads what goes with something else rests on that too.
pub async fn parts(shop: &Shop) {
    let read = shop.app.door.reader();
    for table in public::TABLES {
        let sql = match shop.engine {
            Engine::Sqlite => format!(
                "SELECT \"table\" AS name FROM pragma_foreign_key_list('{table}') WHERE on_delete = 'CASCADE'"
            ),
            Engine::Postgres => format!(
                "SELECT confrelid::regclass::text AS name FROM pg_constraint
                 WHERE conrelid = '{table}'::regclass AND contype = 'f' AND confdeltype = 'c'"
            ),
        };
        let statement = Statement::from_string(read.get_database_backend(), sql);
        for row in read.query_all_raw(statement).await.expect("keys") {
            let whole: String = row.try_get("", "name").expect("a name");
            let known = public::wholes_of(table).contains(&whole.as_str());
            assert!(known, "{table} goes with {whole}");
        }
    }
}
