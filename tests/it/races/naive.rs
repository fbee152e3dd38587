//! The naive ways: read, decide, write. What the races must find wanting.

use futures_util::future::join_all;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use tokio::sync::Barrier;

use crate::harness::Shop;

async fn connect(shop: &Shop) -> DatabaseConnection {
    let mut options = ConnectOptions::new(shop.database_url.as_str());
    options.max_connections(8).sqlx_logging(false);
    Database::connect(options).await.expect("a connection")
}

async fn number(connection: &DatabaseConnection, sql: &str) -> i64 {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection
        .query_one_raw(statement)
        .await
        .expect("a row")
        .expect("a row");
    row.try_get("", "n").expect("a number")
}

/// Everybody reads what is free, then everybody who saw a piece writes what it makes of it. How
/// many thought they had bought one.
pub async fn sell(shop: &Shop, buyers: usize) -> usize {
    let connection = connect(shop).await;
    let (all_have_read, one) = (Barrier::new(buyers), &connection);
    let buy = async || {
        let committed = number(one, "SELECT MAX(committed) AS n FROM stock_levels").await;
        let on_hand = number(one, "SELECT MAX(on_hand) AS n FROM stock_levels").await;
        all_have_read.wait().await;
        if committed >= on_hand {
            return false;
        }
        let sql = format!("UPDATE stock_levels SET committed = {}", committed + 1);
        one.execute_unprepared(&sql).await.is_ok()
    };
    let bought = join_all((0..buyers).map(|_| buy())).await;
    bought.into_iter().filter(|bought| *bought).count()
}

/// Everybody looks whether the key is there, then everybody who did not find it does the work. How
/// often it was done.
pub async fn repeat(shop: &Shop, copies: usize) -> usize {
    let connection = connect(shop).await;
    let (all_have_looked, one) = (Barrier::new(copies), &connection);
    let ask = async || {
        let seen = "SELECT COUNT(*) AS n FROM idempotency_keys WHERE key = 'naive'";
        let seen = number(one, seen).await;
        all_have_looked.wait().await;
        seen == 0
    };
    let worked = join_all((0..copies).map(|_| ask())).await;
    worked.into_iter().filter(|worked| *worked).count()
}
