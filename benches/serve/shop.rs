//! The databases: one for each engine and size, made by the program's own commands, kept under
//! `target/bench/` (SQLite) or as `rialto_bench_SIZE` (PostgreSQL), and used again while schema
//! and size are right.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use rialto::db::{Db, Pools};
use sea_orm::{ConnectionTrait, Database, QueryResult, Statement, Value};

use crate::server::program;

/// A database with more orders than this has aged: it is made anew.
const ORDERS_MAX: i64 = 100_000;

/// Products that are made before the engine is told to look at its tables.
const FIRST: u64 = 1_000;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// A migrated database with a shop in it.
pub struct Shop {
    /// Which engine.
    pub engine: Engine,
    /// Made-up products in it.
    pub products: u64,
    /// Its URL.
    pub database: String,
    /// Where its files and the server's are.
    pub folder: PathBuf,
    /// Pools as the server has them.
    pub db: Db,
}

impl Shop {
    /// Finds it, or makes it.
    pub async fn open(engine: Engine, products: u64, postgres: &str, fresh: bool) -> Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
        std::fs::create_dir_all(&folder)?;
        let name = format!("rialto_bench_{products}");
        let database = match engine {
            Engine::Sqlite => format!(
                "sqlite:{}",
                folder.join(&name).with_extension("db").display()
            ),
            Engine::Postgres => with_database(postgres, &name)?,
        };
        if fresh {
            drop_database(engine, &folder, postgres, &name).await?;
        }
        if engine == Engine::Postgres {
            create_database(postgres, &name).await?;
        }
        if !run(&folder, &database, &["migrate", "up"]).await? {
            // Not as this program knows it: an older bench's.
            drop_database(engine, &folder, postgres, &name).await?;
            if engine == Engine::Postgres {
                create_database(postgres, &name).await?;
            }
            let migrated = run(&folder, &database, &["migrate", "up"]).await?;
            ensure!(migrated, "{database} cannot be migrated");
        }
        let db = Db::connect(&database, &Pools::default()).await?;
        let shop = Self {
            engine,
            products,
            database,
            folder,
            db,
        };
        if shop.figure("SELECT COUNT(*) FROM orders").await? > ORDERS_MAX {
            shop.db.close().await?;
            return Box::pin(Self::open(engine, products, postgres, true)).await;
        }
        shop.fill().await?;
        Ok(shop)
    }

    /// Makes the products that are not there.
    async fn fill(&self) -> Result<()> {
        let made = "SELECT COUNT(*) FROM products WHERE external_id LIKE 'synthetic:%'";
        // PostgreSQL plans by what it knows of a table: of an empty one, that a scan is cheap.
        for products in [self.products.min(FIRST), self.products] {
            if u64::try_from(self.figure(made).await?)? >= products {
                continue;
            }
            eprintln!("{}: making {products} products", self.engine);
            let count = products.to_string();
            let seeded = run(
                &self.folder,
                &self.database,
                &["seed", "--products", &count],
            )
            .await?;
            ensure!(seeded, "{} cannot be filled", self.database);
            self.settle().await?;
        }
        Ok(())
    }

    /// Leaves the engine nothing to do later: PostgreSQL would analyze and freeze while we measure.
    async fn settle(&self) -> Result<()> {
        let sql = match self.engine {
            Engine::Sqlite => "PRAGMA wal_checkpoint(TRUNCATE)",
            Engine::Postgres => "VACUUM ANALYZE",
        };
        self.db.for_migrations().execute_unprepared(sql).await?;
        Ok(())
    }

    /// The rows of a statement.
    pub async fn rows(&self, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>> {
        let pool = self.db.for_migrations();
        let statement = Statement::from_sql_and_values(pool.get_database_backend(), sql, values);
        Ok(pool.query_all_raw(statement).await?)
    }

    /// The one whole number of a statement.
    pub async fn figure(&self, sql: &str) -> Result<i64> {
        let rows = self.rows(sql, Vec::new()).await?;
        Ok(rows.first().context("no row")?.try_get_by_index(0)?)
    }

    /// The engine's version.
    pub async fn version(&self) -> Result<String> {
        let sql = match self.engine {
            Engine::Sqlite => "SELECT 'SQLite ' || sqlite_version()",
            Engine::Postgres => "SELECT 'PostgreSQL ' || current_setting('server_version')",
        };
        let rows = self.rows(sql, Vec::new()).await?;
        Ok(rows.first().context("no row")?.try_get_by_index(0)?)
    }
}

/// Runs a command of the program; whether it went well.
async fn run(folder: &Path, database: &str, arguments: &[&str]) -> Result<bool> {
    let mut command = program(folder, database, arguments);
    let status = command.stdout(Stdio::null()).status().await?;
    Ok(status.success())
}

fn with_database(server: &str, name: &str) -> Result<String> {
    let (before, _) = server.rsplit_once('/').context("no postgres:// URL")?;
    // It is on this machine: without TLS, which would be the same share of either side.
    Ok(format!("{before}/{name}?sslmode=disable"))
}

async fn create_database(server: &str, name: &str) -> Result<()> {
    let pool = Database::connect(server).await?;
    let sql = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    let statement = Statement::from_string(pool.get_database_backend(), sql);
    if pool.query_one_raw(statement).await?.is_none() {
        pool.execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await?;
    }
    pool.close().await?;
    Ok(())
}

async fn drop_database(engine: Engine, folder: &Path, postgres: &str, name: &str) -> Result<()> {
    if engine == Engine::Postgres {
        let pool = Database::connect(postgres).await?;
        let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        pool.execute_unprepared(&sql).await?;
        pool.close().await?;
        return Ok(());
    }
    for ending in ["db", "db-wal", "db-shm"] {
        match std::fs::remove_file(folder.join(name).with_extension(ending)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
