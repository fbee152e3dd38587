//! Rules that rows must keep, asked as queries for the rows that break them (`rialto check`).

use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::reader::Reader;
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

/// A rule, as the query that finds what breaks it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its stable name.
    pub name: &'static str,
    /// Selects the UUID of each offender as `id`, at most a hundred, in SQL that both engines know.
    pub sql: &'static str,
    /// The offender as the API writes it.
    pub id: fn(Uuid) -> String,
    /// What is wrong with it.
    pub says: &'static str,
}

#[derive(FromQueryResult)]
struct Offender {
    id: Uuid,
}

/// What breaks the rules.
pub async fn broken(read: &Reader, rules: &[Rule]) -> Result<Vec<Finding>, Fault> {
    let mut findings = Vec::new();
    for rule in rules {
        let statement = Statement::from_string(read.get_database_backend(), rule.sql);
        for offender in Offender::find_by_statement(statement).all(read).await? {
            findings.push(Finding::new(rule.name, (rule.id)(offender.id), rule.says));
        }
    }
    Ok(findings)
}
