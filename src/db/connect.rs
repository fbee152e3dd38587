//! From a database URL to pools, with the settings that `docs/ARCHITECTURE.md` explains.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend, DbErr};

use super::fuse::Fuse;
use super::reader::Reader;
use crate::meter::Pool;

/// Prepared statements that a connection keeps. All our statements together are some hundreds; one
/// that was pushed out costs a round trip and a plan when it comes back.
const STATEMENTS: usize = 1_000;

/// Sizes of the pools.
#[derive(Clone, Debug)]
pub struct Pools {
    /// Connections that read (SQLite), or all connections (PostgreSQL).
    pub connections: u32,
    /// How long a request waits for one before it is told that we are busy.
    pub acquire: Duration,
    /// How long a statement waits for a lock.
    pub lock_wait: Duration,
    /// SQLite: survive a power failure (FULL) or only a crash (NORMAL).
    pub sqlite_durable: bool,
}

impl Default for Pools {
    fn default() -> Self {
        Self {
            connections: 8,
            acquire: Duration::from_secs(5),
            lock_wait: Duration::from_secs(5),
            sqlite_durable: true,
        }
    }
}

/// The database: where one reads, and where one begins to write.
#[derive(Clone, Debug)]
pub struct Db {
    pub(super) write: DatabaseConnection,
    pub(super) read: DatabaseConnection,
    pub(super) fuse: Option<Arc<Fuse>>,
}

impl Db {
    /// Connects to `sqlite:` or `postgres:` URLs. A missing SQLite file is created.
    pub async fn connect(url: &str, pools: &Pools) -> Result<Self, DbErr> {
        if url.starts_with("sqlite:") {
            let write = Database::connect(sqlite(url, 1, pools)).await?;
            let read = Database::connect(sqlite(url, pools.connections, pools)).await?;
            return Ok(Self {
                write,
                read,
                fuse: None,
            });
        }
        let pool = Database::connect(postgres(url, pools)).await?;
        Ok(Self {
            write: pool.clone(),
            read: pool,
            fuse: None,
        })
    }

    /// The same database with a fuse in its write transactions (for the walks in the tests).
    pub fn with_fuse(self, fuse: Arc<Fuse>) -> Self {
        Self {
            fuse: Some(fuse),
            ..self
        }
    }

    /// A reader on the pool, which counts its statements.
    pub fn reader(&self) -> Reader {
        Reader::on_pool(self.read.clone())
    }

    /// Which engine this is.
    pub fn engine(&self) -> DbBackend {
        self.write.get_database_backend()
    }

    /// The connection that migrations run on.
    pub fn for_migrations(&self) -> &DatabaseConnection {
        &self.write
    }

    /// The pools as they stand.
    pub fn pools(&self) -> Vec<Pool> {
        let of = |name, pool: &DatabaseConnection| {
            let (open, idle, max) = if self.engine() == DbBackend::Sqlite {
                let pool = pool.get_sqlite_connection_pool();
                let max = pool.options().get_max_connections();
                (pool.size(), pool.num_idle(), max)
            } else {
                let pool = pool.get_postgres_connection_pool();
                let max = pool.options().get_max_connections();
                (pool.size(), pool.num_idle(), max)
            };
            let idle = u32::try_from(idle).unwrap_or(open).min(open);
            let busy = open - idle;
            Pool {
                name,
                idle,
                busy,
                max,
            }
        };
        if self.engine() == DbBackend::Sqlite {
            vec![of("read", &self.read), of("write", &self.write)]
        } else {
            vec![of("all", &self.write)]
        }
    }

    /// Closes all connections.
    pub async fn close(self) -> Result<(), DbErr> {
        if self.engine() == DbBackend::Sqlite {
            self.read.close().await?;
        }
        self.write.close().await
    }
}

fn common(url: &str, connections: u32, pools: &Pools) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(pools.acquire)
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .test_before_acquire_if_idle_for(Duration::from_secs(30));
    options
}

fn sqlite(url: &str, connections: u32, pools: &Pools) -> ConnectOptions {
    let mut options = common(url, connections, pools);
    let durable = pools.sqlite_durable;
    let wait = pools.lock_wait;
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(if durable {
                SqliteSynchronous::Full
            } else {
                SqliteSynchronous::Normal
            })
            .foreign_keys(true)
            .busy_timeout(wait)
            .statement_cache_capacity(STATEMENTS)
            // Eight readers with 3 MB each: what else they look at, the system has in memory.
            .pragma("cache_size", "-3000")
    });
    options
}

fn postgres(url: &str, pools: &Pools) -> ConnectOptions {
    let mut options = common(url, pools.connections, pools);
    let wait = pools.lock_wait.as_millis().to_string();
    options.map_sqlx_postgres_opts(move |postgres| {
        let postgres = postgres.statement_cache_capacity(STATEMENTS);
        postgres.application_name("rialto").options([
            ("default_transaction_isolation", "read committed"),
            ("lock_timeout", wait.as_str()),
            ("idle_in_transaction_session_timeout", "30000"),
            ("timezone", "UTC"),
            // Of disks without heads. With the old default of 4 a table whose figures are not known
            // yet is read whole for the few rows of a cart.
            ("random_page_cost", "1.1"),
        ])
    });
    options
}
