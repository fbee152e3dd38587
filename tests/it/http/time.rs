//! The time for a request: when it is over there is an answer; a read ends, a write goes on.

use std::time::{Duration, Instant};

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use serde_json::json;

use super::wire::{FOREVER, operation};
use crate::both;
use crate::harness::database::{Engine, run};
use crate::harness::{Shop, Who};

const MUTATION: &str = "mutation { sandboxClockAdvance(input: { seconds: 3600 }) { now } }";
const OFFSET: &str = "SELECT CAST(offset_ms AS TEXT) AS name FROM sandbox_clocks";

/// Somebody else's transaction: in the way of every write of this table, on PostgreSQL of every read.
async fn in_the_way(shop: &Shop, table: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(&shop.database_url);
    options.max_connections(1).sqlx_logging(false);
    let other = Database::connect(options).await.expect("a connection");
    let begin = match shop.engine {
        Engine::Sqlite => "BEGIN IMMEDIATE".to_owned(),
        Engine::Postgres => format!("BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"),
    };
    other.execute_unprepared(&begin).await.expect("a lock");
    other
}

both! {
    async fn a_write_goes_on_when_the_time_for_its_request_is_over(shop: Shop) {
        let shop = shop.again(|setup| {
            setup.limits.time = Duration::from_millis(300);
            setup.pools.lock_wait = FOREVER;
        }).await;
        let other = in_the_way(&shop, "audit_entries").await;
        times_out(&shop, MUTATION).await;
        assert_ne!(shop.digest(OFFSET).await, ["3600000"]);
        other.execute_unprepared("ROLLBACK").await.expect("out of the way");
        let begun = Instant::now();
        while shop.digest(OFFSET).await != ["3600000"] {
            assert!(begun.elapsed() < FOREVER, "the write was given up");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// The only turn is free again, though the database has not answered. (Nothing can be in the way of
/// a read on SQLite.)
#[test]
fn a_read_ends_when_the_time_for_its_request_is_over() {
    run(Engine::Postgres, |shop| async move {
        let shop = shop
            .again(|setup| {
                setup.limits.time = Duration::from_millis(300);
                setup.bounds.running = 1;
                setup.pools.lock_wait = FOREVER;
            })
            .await;
        let other = in_the_way(&shop, "categories").await;
        for _ in 0..3 {
            times_out(&shop, "{ categories(first: 1) { nodes { id } } }").await;
        }
        let got = operation("{ __typename }").to(&shop).await;
        assert_eq!((got.status, got.json().get("errors")), (200, None));
        other
            .execute_unprepared("ROLLBACK")
            .await
            .expect("out of the way");
    });
}

/// Who asks, and in which channel, is looked up within the same time.
#[test]
fn the_time_for_a_request_begins_with_its_headers() {
    run(Engine::Postgres, |shop| async move {
        let shop = shop
            .again(|setup| {
                setup.bounds.request = Duration::from_millis(300);
                setup.pools.lock_wait = FOREVER;
            })
            .await;
        let other = in_the_way(&shop, "channels").await;
        times_out(&shop, "{ __typename }").await;
        let old = shop.ask(&Who::guest(), "{ __typename }", json!({})).await;
        assert_eq!((old.status, old.fault()), (200, Some("TIMEOUT")));
        other
            .execute_unprepared("ROLLBACK")
            .await
            .expect("out of the way");
    });
}

async fn times_out(shop: &Shop, query: &str) {
    let got = operation(query).new_media().to(shop).await;
    assert_eq!((got.status, got.refusal().as_str()), (503, "TIMEOUT"));
    assert_eq!(got.header("retry-after"), Some("1"));
}
