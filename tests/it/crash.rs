//! The process is killed at every statement of a completion, one after the other, and started again.
//!
//! Whatever was written by then, the cart ends as one order or as none: first without the client
//! (the completer resumes what was begun), then with its retry.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sea_orm::{ConnectionTrait, Database, Statement};
use serde_json::{Value, json};

use crate::harness::checkout::COMPLETE;
use crate::harness::database::{Engine, Throwaway};
use crate::harness::till::{Cart, Till};
use crate::harness::{Shop, Who};

/// More statements than a completion has, those of the start-up included.
const STATEMENTS_MAX: i64 = 200;

/// A server in a process of its own.
struct Node {
    child: Child,
    url: Option<String>,
}

impl Drop for Node {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

impl Node {
    /// Starts on the database; dies at a statement unless that is 0.
    fn start(database: &Throwaway, crash_at: i64) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rialto"))
            .arg("serve")
            .env_clear()
            .envs([
                ("DATABASE_URL", database.url.as_str()),
                ("RIALTO_LISTEN", "127.0.0.1:0"),
                ("RIALTO_SANDBOX", "true"),
                ("RIALTO_SQLITE_DURABLE", "false"),
                ("RIALTO_SECRET_KEY", &"07".repeat(32)),
                ("RIALTO_PROCESS_LEASE_MS", "300"),
                ("RIALTO_GATEWAY_TIMEOUT_MS", "200"),
                ("RIALTO_WORKER_POLL_MS", "50"),
                ("RIALTO_CRASH_AT_STATEMENT", &crash_at.to_string()),
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let address = |line: String| {
            let (_, address) = line.split_once("http://")?;
            Some(format!("http://{}", address.trim().trim_end_matches('/')))
        };
        let url = out.lines().map_while(Result::ok).find_map(address);
        let url = url.map(|url| url.trim_end_matches("/graphql").to_owned());
        Self { child, url }
    }

    /// Asks; nothing where it is dead, or dies over it.
    async fn ask(&self, who: &Who, query: &str, variables: Value) -> Option<Value> {
        let body = json!({ "query": query, "variables": variables });
        let url = format!("{}/graphql", self.url.as_ref()?);
        let mut request = reqwest::Client::new().post(url).json(&body);
        for (name, value) in who.headers() {
            request = request.header(name, value);
        }
        request.send().await.ok()?.json().await.ok()
    }

    async fn cart_state(&self, cart: &Cart) -> Option<String> {
        let query = "query($id: ID!) { cart(id: $id) { state } }";
        let answer = self.ask(&cart.who, query, json!({ "id": cart.id })).await?;
        Some(answer["data"]["cart"]["state"].as_str()?.to_owned())
    }
}

/// A database with a cart that is ready, to be copied, and the completion of that cart.
async fn prepare(engine: Engine) -> Option<(Throwaway, Cart, Value)> {
    let database = Throwaway::new(engine).await?;
    let shop = Shop::open(engine, &database).await;
    let cart = Till::open(&shop).await.filled(&shop).await;
    let input = cart.completion(&shop, "sandbox_approve").await;
    let app = shop.app.clone();
    drop(shop);
    app.ensure_key().await.expect("a key");
    app.db.close().await.expect("closed");
    Some((database, cart, input))
}

/// Kills the process at its `nth` statement, lets another one go on; whether it was reached.
async fn kill_and_resume(base: &Throwaway, cart: &Cart, input: &Value, nth: i64) -> bool {
    let database = base.copy().await;
    let who = cart.who.key("the-one-key-of-it");
    let input = json!({ "input": input });
    let first = Node::start(&database, nth);
    let answered = first.ask(&who, COMPLETE, input.clone()).await;
    drop(first);
    let second = Node::start(&database, 0);
    let mut state = second
        .cart_state(cart)
        .await
        .expect("the second node answers");
    for _ in 0..200 {
        if state != "CHECKING_OUT" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        state = second
            .cart_state(cart)
            .await
            .expect("the second node answers");
    }
    assert_ne!(
        state, "CHECKING_OUT",
        "nobody resumed what broke at statement {nth}"
    );
    let retried = second.ask(&who, COMPLETE, input).await.expect("an answer");
    let status = retried["data"]["cartComplete"]["status"].as_str();
    assert_eq!(status, Some("PLACED"), "after statement {nth}: {retried}");
    drop(second);
    agree(&database, nth).await;
    database.remove().await;
    answered.is_none()
}

/// One order, one authorization, and nothing for `rialto check` to find.
async fn agree(database: &Throwaway, nth: i64) {
    let connection = Database::connect(database.url.as_str())
        .await
        .expect("a connection");
    for (sql, wanted) in [
        ("SELECT COUNT(*) AS n FROM orders", 1),
        (
            "SELECT COUNT(*) AS n FROM payment_operations WHERE kind = 'authorize'",
            1,
        ),
        (
            "SELECT COUNT(*) AS n FROM processes WHERE state <> 'done'",
            0,
        ),
    ] {
        let statement = Statement::from_string(connection.get_database_backend(), sql);
        let row = connection
            .query_one_raw(statement)
            .await
            .expect("a row")
            .expect("a row");
        let count: i64 = row.try_get("", "n").expect("a number");
        assert_eq!(count, wanted, "{sql} after statement {nth}");
    }
    connection.close().await.expect("closed");
    let checked = Command::new(env!("CARGO_BIN_EXE_rialto"))
        .arg("check")
        .env_clear()
        .envs([
            ("DATABASE_URL", database.url.as_str()),
            ("RIALTO_SANDBOX", "true"),
        ])
        .env("RIALTO_SECRET_KEY", "07".repeat(32))
        .output()
        .expect("the binary runs");
    let told = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.status.success(), "after statement {nth}: {told}");
}

fn every_statement(engine: Engine) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let Some((base, cart, input)) = prepare(engine).await else {
            eprintln!("no PostgreSQL answers: skipped");
            return;
        };
        let mut killed = 0;
        for nth in 1..STATEMENTS_MAX {
            if !kill_and_resume(&base, &cart, &input, nth).await {
                break;
            }
            killed += 1;
        }
        assert!(
            killed > 20,
            "a completion has more than {killed} statements"
        );
        base.remove().await;
    });
}

#[test]
fn a_completion_survives_a_crash_at_each_of_its_statements_on_sqlite() {
    every_statement(Engine::Sqlite);
}

#[test]
fn a_completion_survives_a_crash_at_each_of_its_statements_on_postgres() {
    every_statement(Engine::Postgres);
}
