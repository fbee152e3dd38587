//! What one answer tells is of one moment.

use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use serde_json::json;

use super::socket::Socket;
use crate::harness::Shop;
use crate::harness::database::{self, Engine};
use crate::harness::till::Till;

const CART: &str = "subscription($id: ID!) { cartUpdated(id: $id) {
    version lines { nodes { quantity } } } }";

/// Waits until somebody waits for a lock in this database.
pub async fn somebody_waits(shop: &Shop) {
    let sql = "SELECT 1 AS one FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let read = shop.app.door.reader();
    let statement = Statement::from_string(read.get_database_backend(), sql);
    let begun = std::time::Instant::now();
    while read
        .query_one_raw(statement.clone())
        .await
        .expect("a row")
        .is_none()
    {
        assert!(begun.elapsed().as_secs() < 60, "nobody waits");
        tokio::task::yield_now().await;
    }
}

/// The first statement of an answer reads before a commit, the next ones after it. On SQLite nobody
/// who reads can be made to wait in between.
#[test]
fn what_is_told_is_of_one_moment() {
    database::run(Engine::Postgres, |shop| async move {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let mut socket = Socket::of(&shop, &cart.who).await;
        let pool = shop.app.db.for_migrations();
        let other = pool.begin().await.expect("a transaction");
        for sql in [
            "LOCK TABLE cart_lines IN ACCESS EXCLUSIVE MODE",
            "UPDATE carts SET version = version + 100",
            "UPDATE cart_lines SET quantity = 7",
        ] {
            other.execute_unprepared(sql).await.expect(sql);
        }
        socket.asks("c", CART, json!({ "id": cart.id })).await;
        somebody_waits(&shop).await;
        other.commit().await.expect("a commit");
        let told = &socket.data("c").await["cartUpdated"];
        let (version, lines) = (told["version"].as_i64(), &told["lines"]["nodes"]);
        let before = version < Some(100) && *lines == json!([{ "quantity": 2 }]);
        let after = version > Some(100) && *lines == json!([{ "quantity": 7 }]);
        assert!(before || after, "half of each: {told}");
    });
}
