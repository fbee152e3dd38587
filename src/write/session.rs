//! [`Write`]: a write transaction with what the verb collects on its way.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use entity::id::TypedId;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use uuid::Uuid;

use super::audit::Entry;
use super::command::Before;
use super::generations::Written;
use super::hot::Hot;
use super::outbox::Event;
use crate::db::{Reader, Transaction, tables};
use crate::kernel::caller::Caller;
use crate::kernel::clock::Instant;
use crate::kernel::secret::SecretKey;

/// The right to write. Only the door makes one, and functions that write take a `&Write`.
pub struct Write {
    transaction: Transaction,
    reader: Reader,
    before: Before,
    wrote: AtomicBool,
    written: Mutex<Written>,
    row: Mutex<Option<(&'static str, Uuid)>>,
    pub(super) position: Option<i64>,
    pub(super) told: Vec<Uuid>,
    pub(super) entries: Vec<Entry>,
    pub(super) events: Vec<Event>,
    pub(super) hot: Vec<Box<dyn Hot>>,
    pub(super) key_hash: Option<String>,
}

impl Write {
    pub(super) fn new(transaction: Transaction, before: Before) -> Self {
        let reader = transaction.reader();
        Self {
            transaction,
            reader,
            before,
            wrote: AtomicBool::new(false),
            written: Mutex::default(),
            row: Mutex::default(),
            position: None,
            told: Vec::new(),
            entries: Vec::new(),
            events: Vec::new(),
            hot: Vec::new(),
            key_hash: None,
        }
    }

    /// Reads inside the transaction.
    pub fn read(&self) -> &Reader {
        &self.reader
    }

    /// Who asks.
    pub fn caller(&self) -> &Caller {
        &self.before.caller
    }

    /// The time of business, one instant for the whole verb.
    pub fn now(&self) -> Instant {
        self.before.now
    }

    /// The time of the wall, for leases and lifetimes.
    pub fn real(&self) -> Instant {
        self.before.real
    }

    /// A new id, ordered by time.
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    pub fn id<T: TypedId>(&self) -> T {
        T::from_uuid(Uuid::now_v7())
    }

    /// The secret of row `id` in its generation; store only its hash.
    pub fn mint(&self, kind: &str, id: Uuid, generation: i64) -> String {
        self.before.secret.mint(kind, id, generation)
    }

    /// The key of the installation.
    pub fn secret_key(&self) -> &SecretKey {
        &self.before.secret
    }

    /// Adds an entry to the history of an aggregate.
    pub fn audit(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Tells the modules that depend on it, once the transaction has committed.
    pub fn emit(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Defers a guarded change of a contended row to the end of the transaction.
    pub fn last(&mut self, hot: impl Hot) {
        let key = (hot.rank(), hot.key());
        if let Some(same) = self
            .hot
            .iter_mut()
            .find(|one| (one.rank(), one.key()) == key)
        {
            same.merge(hot.amount());
            return;
        }
        self.hot.push(Box::new(hot));
    }

    pub(super) fn wrote(&self) -> bool {
        self.wrote.load(Ordering::Relaxed)
    }

    pub(super) fn forget_writes(&self) {
        self.wrote.store(false, Ordering::Relaxed);
    }

    pub(super) async fn commit(self) -> Result<(), DbErr> {
        drop(self.reader);
        self.transaction.commit().await
    }

    /// From now on only this row of its table is changed; nothing: any may be.
    pub(super) fn narrow(&self, row: Option<(&'static str, Uuid)>) {
        *self.row.lock().unwrap_or_else(PoisonError::into_inner) = row;
    }

    /// What was written so far.
    pub(super) fn take_written(&self) -> Written {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut written)
    }

    fn note(&self, sql: &str) {
        let start = sql.trim_start().get(..6).unwrap_or_default();
        if !start.eq_ignore_ascii_case("select") {
            self.note_written(sql);
        }
    }

    fn note_written(&self, sql: &str) {
        self.wrote.store(true, Ordering::Relaxed);
        let row = *self.row.lock().unwrap_or_else(PoisonError::into_inner);
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let tables = tables::written_by(sql);
        written.anywhere |= tables.is_empty();
        for table in tables {
            match row.filter(|(of, _)| *of == table) {
                Some((of, id)) => {
                    written.rows.entry(of).or_default().insert(id);
                }
                None if written.tables.contains(table) => {}
                None => {
                    written.tables.insert(table.to_owned());
                }
            }
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Write {
    fn get_database_backend(&self) -> DbBackend {
        self.transaction.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let sql = statement.sql.clone();
        let result = self.transaction.execute_raw(statement).await?;
        if result.rows_affected() > 0 {
            self.note_written(&sql);
        }
        Ok(result)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.note(sql);
        self.transaction.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.note(&statement.sql);
        self.transaction.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.note(&statement.sql);
        self.transaction.query_all_raw(statement).await
    }
}
