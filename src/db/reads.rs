//! What has been read for an answer: tables, and of some tables only certain rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use super::tables;

/// What was read so far. Shared by a reader and its clones.
#[derive(Debug, Default)]
pub(super) struct Reads(Mutex<Noted>);

/// Tables and rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// Tables of which any row may have mattered.
    pub tables: BTreeSet<String>,
    /// Tables of which only these rows did, by the id that names them there.
    pub rows: BTreeMap<&'static str, BTreeSet<Uuid>>,
}

/// A reader that says which rows of a table it is about to read.
#[derive(Clone, Debug)]
pub(super) struct Narrow {
    pub(super) table: &'static str,
    pub(super) rows: Arc<[Uuid]>,
}

impl Reads {
    /// What was read so far.
    pub(super) fn noted(&self) -> Noted {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn note(&self, sql: &str, narrow: Option<&Narrow>) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tables = tables::read_by(sql);
        if tables.is_empty() {
            // Nobody can say what it rests on.
            noted.tables.insert(String::new());
        }
        for table in tables {
            match narrow.filter(|narrow| narrow.table == table) {
                Some(narrow) => {
                    let rows = noted.rows.entry(narrow.table).or_default();
                    rows.extend(narrow.rows.iter().copied());
                }
                None if noted.tables.contains(table) => {}
                None => {
                    noted.tables.insert(table.to_owned());
                }
            }
        }
    }
}
