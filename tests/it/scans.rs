//! On the way from the shelf to a cancelled order no table that grows is read whole: PostgreSQL,
//! told to avoid it wherever an index serves, counts where it had to.

use std::collections::BTreeSet;
use std::time::Duration;

use rialto::kernel::permission::Role;
use rialto::process::completer;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use serde_json::json;

use crate::both;
use crate::harness::Who;
use crate::harness::database::Engine;
use crate::harness::till::Till;

/// What a shop has some of, however much it sells.
const SMALL: &[&str] = &["locations", "signing_keys", "tax_classes"];

/// How often each event was read: through its indexes, for there is no other way by now.
const TIMES: &str = "SELECT (idx_tup_fetch / n_tup_ins::float)::text FROM pg_stat_user_tables
    WHERE relname = 'outbox_events'";

const LIST: &str = "{ products(first: 20) { totalCount nodes { id title availability
    priceRange { min { amount } } variants { sku price { amount } inStock } } } }";

both! {
    async fn a_purchase_reads_no_table_whole(shop: Shop) {
        if shop.engine == Engine::Sqlite {
            return;
        }
        let shop = shop.at_rest();
        shop.app.db.clone().close().await.expect("closed");
        let observer = Database::connect(&shop.database_url).await.expect("the database");
        alone(&observer).await;
        observer.execute_unprepared("SELECT pg_stat_reset()").await.expect("reset");

        let node = shop.again(|setup| setup.database_url += "?options[enable_seqscan]=off").await;
        let till = Till::open(&node).await;
        let mug = till.sells(&node, "mug", 12_50, 20).await;
        let sale = till.buys(&node, mug, "sandbox_approve").await;
        sale.read(&node).await;
        sale.cancels(&node).await.ok();
        while completer::sweep(&node.app.house).await.expect("a sweep") > 0 {}
        let customer = node.customer("ada").await;
        let payment = json!({ "method": "CARD", "token": "sandbox_challenge" });
        till.buys_as(&node, &customer, mug, payment).await;
        node.ask(&Who::guest(), LIST, json!({})).await.ok();
        let staff = node.staff(Role::Support).await;
        node.ask(&staff, "{ orders(first: 5) { nodes { number } } }", json!({})).await.ok();
        let node = node.at_rest();
        node.app.db.clone().close().await.expect("closed");
        alone(&observer).await;

        let read = read_whole(&observer).await;
        let grown: Vec<_> = read.iter().filter(|table| !SMALL.contains(&table.as_str())).collect();
        assert!(grown.is_empty(), "read whole: {grown:?}");
        // The relay looks after every commit: each event is read once, not all of them each time.
        let times = one(&observer, TIMES).await;
        let times: f64 = times.parse().expect("a number");
        assert!(times < 4.0, "each event is read {times} times");
        observer.close().await.expect("closed");
    }
}

async fn rows(observer: &DatabaseConnection, sql: &str) -> BTreeSet<String> {
    let statement = Statement::from_string(observer.get_database_backend(), sql);
    let rows = observer.query_all_raw(statement).await.expect("rows");
    let names = rows
        .iter()
        .map(|row| row.try_get_by_index(0).expect("text"));
    names.collect()
}

/// Waits until nobody else is connected: by then everybody has told what they counted.
async fn alone(observer: &DatabaseConnection) {
    let others = "SELECT pid::text FROM pg_stat_activity WHERE datname = current_database()
         AND backend_type = 'client backend' AND pid <> pg_backend_pid()
         AND application_name = 'rialto'";
    while !rows(observer, others).await.is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn one(observer: &DatabaseConnection, sql: &str) -> String {
    rows(observer, sql).await.pop_first().expect("a row")
}

async fn read_whole(observer: &DatabaseConnection) -> BTreeSet<String> {
    let counted = "SELECT relname::text FROM pg_stat_user_tables WHERE seq_scan > 0";
    rows(observer, counted).await
}
