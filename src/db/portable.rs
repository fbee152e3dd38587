//! The few spots where the two engines differ.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, RuntimeErr, SqlErr, Statement, sqlx};

use super::connect::Db;
use crate::kernel::error::Fault;

/// Codes of contention: SQLite busy and locked (with their extended forms), PostgreSQL
/// serialization failure, deadlock and lock time-out.
const CONTENTION: &[&str] = &[
    "5", "6", "261", "262", "517", "518", "773", "40001", "40P01", "55P03",
];

/// Whether another attempt may succeed: the database was busy or broke a tie.
pub fn is_contention(error: &DbErr) -> bool {
    if matches!(error, DbErr::ConnectionAcquire(_)) {
        return true;
    }
    code(error).is_some_and(|code| CONTENTION.contains(&code.as_str()))
}

/// The keys of an `IN` list, the last one repeated up to the next power of two: a list of another
/// length is another statement to prepare, and a connection keeps only so many.
pub fn keys<K: Clone>(keys: impl IntoIterator<Item = K>) -> Vec<K> {
    let mut keys: Vec<K> = keys.into_iter().collect();
    if let Some(last) = keys.last().cloned() {
        keys.resize(keys.len().next_power_of_two(), last);
    }
    keys
}

/// Whether a unique constraint said no.
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner))) =
        error
    else {
        return None;
    };
    match inner.as_ref() {
        sqlx::Error::Database(database) => database.code().map(std::borrow::Cow::into_owned),
        _ => None,
    }
}

/// The engine's name and version, for people.
pub async fn version(db: &Db) -> Result<String, Fault> {
    let (name, sql) = match db.engine() {
        DbBackend::Sqlite => ("SQLite", "SELECT sqlite_version() AS version"),
        _ => (
            "PostgreSQL",
            "SELECT current_setting('server_version') AS version",
        ),
    };
    let row = db
        .reader()
        .query_one_raw(Statement::from_string(db.engine(), sql))
        .await?;
    let version: String = match row {
        Some(row) => row.try_get("", "version")?,
        None => String::new(),
    };
    Ok(format!("{name} {version}"))
}

/// Has PostgreSQL count its tables now, which it else does some time after rows came by the
/// thousand: until then it plans for the few that were there. SQLite plans without counting.
pub async fn recount(db: &Db) -> Result<(), Fault> {
    if db.engine() == DbBackend::Postgres {
        db.write.execute_unprepared("ANALYZE").await?;
    }
    Ok(())
}

/// Names of the migrations that ran, in order; none where none ever did.
pub async fn migrations(db: &Db) -> Result<Vec<String>, Fault> {
    let exists = match db.engine() {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'seaql_migrations'"
        }
        _ => {
            "SELECT table_name AS name FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_name = 'seaql_migrations'"
        }
    };
    let read = db.reader();
    if read
        .query_one_raw(Statement::from_string(db.engine(), exists))
        .await?
        .is_none()
    {
        return Ok(Vec::new());
    }
    let names = "SELECT version FROM seaql_migrations ORDER BY version";
    let rows = read
        .query_all_raw(Statement::from_string(db.engine(), names))
        .await?;
    rows.iter()
        .map(|row| Ok(row.try_get("", "version")?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn lists_of_keys_have_few_lengths() {
        assert!(keys(Vec::<u8>::new()).is_empty());
        assert_eq!(keys([1]), [1]);
        assert_eq!(keys([1, 2, 3]), [1, 2, 3, 3]);
        assert_eq!(keys(0..20).len(), 32);
    }
}
