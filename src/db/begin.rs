//! Begins transactions; nothing else in the program may (`.clippy.toml` bans `begin`).
//!
//! Those that write: IMMEDIATE on SQLite, so that writers queue at the door; read committed on
//! PostgreSQL. Those that only read see the database as it was at their first statement.

use std::sync::Arc;

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, IsolationLevel,
    QueryResult, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use super::connect::Db;
use super::fuse::Fuse;
use super::reader::Reader;

/// A write transaction that is rolled back unless [`Transaction::commit`] is called.
#[derive(Debug)]
pub struct Transaction {
    inner: Arc<DatabaseTransaction>,
    fuse: Option<Arc<Fuse>>,
}

/// The outer transaction of a dry run; everything inside goes away with it.
#[derive(Clone, Debug)]
pub struct Savepoint(Arc<DatabaseTransaction>);

impl Db {
    /// Begins a write transaction.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one call that begins a write transaction"
    )]
    pub async fn begin(&self) -> Result<Transaction, DbErr> {
        let options = match self.engine() {
            DbBackend::Sqlite => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            },
            // Connections are made read committed; to say so again is a round trip.
            _ => TransactionOptions::default(),
        };
        let inner = Arc::new(self.write.begin_with_options(options).await?);
        Ok(Transaction {
            inner,
            fuse: self.fuse.clone(),
        })
    }

    /// A reader all of whose statements see the same moment, that of the first. It holds a
    /// connection until it and its clones are gone.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one call that begins a transaction to read"
    )]
    pub async fn view(&self) -> Result<Reader, DbErr> {
        let options = match self.engine() {
            // Deferred, the default: a reader of a WAL sees the moment of its first statement.
            DbBackend::Sqlite => TransactionOptions::default(),
            _ => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
        };
        let inner = self.read.begin_with_options(options).await?;
        Ok(Reader::in_transaction(Arc::new(inner)))
    }
}

impl Savepoint {
    /// Begins a transaction inside, as a savepoint.
    #[expect(clippy::disallowed_methods, reason = "the same call, for a dry run")]
    pub async fn begin(&self) -> Result<Transaction, DbErr> {
        let inner = Arc::new(self.0.begin().await?);
        Ok(Transaction { inner, fuse: None })
    }

    /// Reads what the dry run has written so far.
    pub fn reader(&self) -> Reader {
        Reader::in_transaction(self.0.clone())
    }
}

impl Transaction {
    /// Reads inside the transaction.
    pub fn reader(&self) -> Reader {
        Reader::in_transaction(self.inner.clone())
    }

    /// Keeps the transaction open for a dry run.
    pub fn into_savepoint(self) -> Savepoint {
        Savepoint(self.inner)
    }

    /// Makes it last. Every reader of it must be gone.
    pub async fn commit(self) -> Result<(), DbErr> {
        if let Some(fuse) = &self.fuse {
            fuse.burn()?;
        }
        match Arc::try_unwrap(self.inner) {
            Ok(transaction) => transaction.commit().await,
            Err(_) => Err(DbErr::Custom(
                "a reader outlived its transaction".to_owned(),
            )),
        }
    }

    fn admit(&self) -> Result<(), DbErr> {
        self.fuse.as_ref().map_or(Ok(()), |fuse| fuse.burn())
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.admit()?;
        self.inner.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.admit()?;
        self.inner.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.admit()?;
        self.inner.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.admit()?;
        self.inner.query_all_raw(statement).await
    }
}
