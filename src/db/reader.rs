//! A connection that reads and nothing else: the pool, or the transaction of a view, a dry run or a
//! verb.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, Statement,
};
use uuid::Uuid;

use super::reads::{Narrow, Noted, Reads};

/// Reads rows. A statement that is no `SELECT` is refused.
#[derive(Clone, Debug)]
pub struct Reader {
    source: Source,
    statements: Arc<AtomicU64>,
    reads: Option<Arc<Reads>>,
    narrow: Option<Narrow>,
}

#[derive(Clone, Debug)]
enum Source {
    Pool(DatabaseConnection),
    Transaction(Arc<DatabaseTransaction>),
}

impl Reader {
    pub(super) fn on_pool(pool: DatabaseConnection) -> Self {
        Self {
            source: Source::Pool(pool),
            statements: Arc::default(),
            reads: None,
            narrow: None,
        }
    }

    pub(super) fn in_transaction(transaction: Arc<DatabaseTransaction>) -> Self {
        Self {
            source: Source::Transaction(transaction),
            statements: Arc::default(),
            reads: None,
            narrow: None,
        }
    }

    /// The same reader, noting what it and its clones read.
    #[must_use]
    pub fn noting(self) -> Self {
        Self {
            reads: Some(Arc::default()),
            ..self
        }
    }

    /// What it has read so far, if it notes that.
    pub fn noted(&self) -> Noted {
        let reads = self.reads.as_ref();
        reads.map(|reads| reads.noted()).unwrap_or_default()
    }

    /// The same reader, for statements that read no other rows of this table than those these ids
    /// name there.
    #[must_use]
    pub fn of_rows(&self, table: &'static str, ids: impl IntoIterator<Item = Uuid>) -> Self {
        let mut reader = self.clone();
        if reader.reads.is_some() {
            let rows = ids.into_iter().collect();
            reader.narrow = Some(Narrow { table, rows });
        }
        reader
    }

    /// Statements this reader and its clones have run.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    fn admit(&self, sql: &str) -> Result<(), DbErr> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        if let Some(reads) = &self.reads {
            reads.note(sql, self.narrow.as_ref());
        }
        let start = sql.trim_start().get(..6).unwrap_or_default();
        if start.eq_ignore_ascii_case("select") || start.starts_with("WITH") {
            return Ok(());
        }
        Err(DbErr::Custom("a reader runs SELECT only".to_owned()))
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        match &self.source {
            Source::Pool(pool) => pool.get_database_backend(),
            Source::Transaction(transaction) => transaction.get_database_backend(),
        }
    }

    async fn execute_raw(&self, _: Statement) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom("a reader runs SELECT only".to_owned()))
    }

    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom("a reader runs SELECT only".to_owned()))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.admit(&statement.sql)?;
        match &self.source {
            Source::Pool(pool) => pool.query_one_raw(statement).await,
            Source::Transaction(transaction) => transaction.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.admit(&statement.sql)?;
        match &self.source {
            Source::Pool(pool) => pool.query_all_raw(statement).await,
            Source::Transaction(transaction) => transaction.query_all_raw(statement).await,
        }
    }
}
