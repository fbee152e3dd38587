//! A fresh database of each engine for each test.

use std::sync::atomic::{AtomicU32, Ordering};

use migration::Migrator;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use sea_orm_migration::MigratorTrait;

const LOCAL: [&str; 2] = [
    "postgres://root@127.0.0.1:5432/postgres",
    "postgres://postgres@127.0.0.1:5432/postgres",
];

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Runs `test` on an empty, migrated database of each engine.
pub async fn on_both(test: impl AsyncFn(&DatabaseConnection)) {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite://{}/test.db?mode=rwc", folder.path().display());
    let sqlite = Database::connect(file).await.unwrap();
    Migrator::up(&sqlite, None).await.unwrap();
    test(&sqlite).await;

    let Some((server, url)) = postgres().await else {
        eprintln!("PostgreSQL did not answer: tested on SQLite only");
        return;
    };
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("rialto_migration_{}_{count}", std::process::id());
    // A test that failed under the same process id has left its own.
    server
        .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}"))
        .await
        .unwrap();
    server
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    let (base, _) = url.rsplit_once('/').unwrap();
    let postgres = Database::connect(format!("{base}/{name}")).await.unwrap();
    Migrator::up(&postgres, None).await.unwrap();
    test(&postgres).await;
    postgres.close().await.unwrap();
    server
        .execute_unprepared(&format!("DROP DATABASE {name}"))
        .await
        .unwrap();
}

/// The server that the environment names, which then must answer, or one on this machine.
#[expect(
    clippy::disallowed_methods,
    reason = "tests have no settings to read it from"
)]
async fn postgres() -> Option<(DatabaseConnection, String)> {
    if let Ok(url) = std::env::var("RIALTO_TEST_POSTGRES") {
        return Some((Database::connect(&url).await.unwrap(), url));
    }
    for url in LOCAL {
        if let Ok(server) = Database::connect(url).await {
            return Some((server, url.to_owned()));
        }
    }
    None
}
