//! Which tables have changed, and when: so that what was read before a change is known to be old.
//!
//! Every commit of this process moves a counter and notes it at the tables it wrote, before anyone
//! is answered; of contended rows it notes the row alone. What other processes commit comes in with
//! the relay. Deliberately absent: what the rows hold.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use uuid::Uuid;

use crate::db::Reader;

/// Rows that are told apart in one table; with more of them, all count as changed.
const ROWS_MAX: usize = 50_000;

/// Events that are waited for at a time.
const OWN_MAX: usize = 50_000;

/// What a commit wrote.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) tables: BTreeSet<String>,
    pub(super) rows: BTreeMap<&'static str, BTreeSet<Uuid>>,
    /// Something was written, and it cannot be said where.
    pub(super) anywhere: bool,
}

/// The counter, and where it stood when each table changed last.
#[derive(Debug, Default)]
pub struct Generations {
    count: AtomicU64,
    /// Where it stood when everything counted as changed.
    everything: AtomicU64,
    tables: RwLock<HashMap<String, Arc<Table>>>,
    /// Events of this process that the relay has not brought back yet.
    own: Mutex<HashSet<Uuid>>,
}

/// One table.
#[derive(Debug, Default)]
pub struct Table {
    /// Last change of any row.
    any: AtomicU64,
    /// Last change of rows that are not told apart.
    unknown: AtomicU64,
    rows: Mutex<HashMap<Uuid, u64>>,
}

impl Generations {
    /// Where the counter stands. What is read from now on is not older.
    pub fn now(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }

    /// Whether nothing has made everything count as changed since.
    pub fn holds(&self, since: u64) -> bool {
        self.everything.load(Ordering::SeqCst) <= since
    }

    /// One table, to look at later without searching it.
    pub fn table(&self, name: &str) -> Arc<Table> {
        let known = self.tables.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = known.get(name) {
            return table.clone();
        }
        drop(known);
        let mut tables = self.tables.write().unwrap_or_else(PoisonError::into_inner);
        tables.entry(name.to_owned()).or_default().clone()
    }

    /// What an answer rests on that read by this reader, begun when the counter stood there.
    pub fn rests(&self, read: &Reader, since: u64) -> Rests {
        let noted = read.noted();
        let rows = noted.rows.into_iter().map(|(name, rows)| {
            let rows = rows.into_iter().collect();
            (name, self.table(name), rows)
        });
        let mut rests = Rests::begun(since);
        rests.rows = rows.collect();
        rests.also(self, noted.tables);
        rests
    }

    /// Rows of these tables have changed, nobody knows which.
    pub fn changed(&self, tables: &[&str]) {
        let at = self.next();
        for table in tables {
            self.table(table).changed(at);
        }
    }

    /// Anything may have changed.
    pub fn all_changed(&self) {
        let at = self.next();
        self.everything.fetch_max(at, Ordering::SeqCst);
    }

    /// Whether this process committed the event itself, so that the rows it changed are noted or
    /// about to be; asked once for each event.
    pub fn is_own(&self, event: Uuid) -> bool {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        own.remove(&event)
    }

    /// These events are about to be committed.
    pub(super) fn awaits(&self, events: &[Uuid]) {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if own.len() > OWN_MAX {
            // Those that come back now count as somebody else's: more is read again, nothing less.
            own.clear();
        }
        own.extend(events);
    }

    pub(super) fn committed(&self, written: &Written) {
        if written.anywhere {
            return self.all_changed();
        }
        let at = self.next();
        for table in &written.tables {
            self.table(table).changed(at);
        }
        for (table, rows) in &written.rows {
            self.table(table).rows_changed(at, rows);
        }
    }

    fn next(&self) -> u64 {
        self.count.fetch_add(1, Ordering::SeqCst) + 1
    }
}

/// What an answer rests on: tables, and of some tables only certain rows.
#[derive(Debug)]
pub struct Rests {
    since: u64,
    tables: BTreeMap<String, Arc<Table>>,
    rows: Vec<Rows>,
}

/// Certain rows of a table.
type Rows = (&'static str, Arc<Table>, Box<[Uuid]>);

impl Rests {
    /// On nothing yet, begun when the counter stood there.
    pub fn begun(since: u64) -> Self {
        Self {
            since,
            tables: BTreeMap::new(),
            rows: Vec::new(),
        }
    }

    /// The tables, in whole or in part.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        let whole = self.tables.keys().map(String::as_str);
        whole.chain(self.rows.iter().map(|(name, ..)| *name))
    }

    /// It rests on these tables too.
    pub fn also(&mut self, all: &Generations, tables: impl IntoIterator<Item = impl Into<String>>) {
        for name in tables {
            let name = name.into();
            let table = all.table(&name);
            self.tables.insert(name, table);
        }
    }

    /// Whether nothing it rests on has changed.
    pub fn hold(&self, all: &Generations) -> bool {
        let since = self.since;
        all.holds(since)
            && self.tables.values().all(|table| table.holds(since))
            && (self.rows.iter()).all(|(_, table, rows)| table.rows_hold(since, rows))
    }

    /// The memory it takes.
    pub fn bytes(&self) -> usize {
        let rows: usize = self.rows.iter().map(|(.., rows)| rows.len()).sum();
        16 * rows + 64 * self.tables.len()
    }
}

impl Table {
    /// Whether no row has changed since.
    pub fn holds(&self, since: u64) -> bool {
        self.any.load(Ordering::SeqCst) <= since
    }

    /// Whether none of these rows has changed since.
    pub fn rows_hold(&self, since: u64, rows: &[Uuid]) -> bool {
        if self.holds(since) {
            return true;
        }
        let changed = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        self.unknown.load(Ordering::SeqCst) <= since
            && rows
                .iter()
                .all(|row| changed.get(row).is_none_or(|at| *at <= since))
    }

    fn changed(&self, at: u64) {
        let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        rows.clear();
        self.unknown.fetch_max(at, Ordering::SeqCst);
        self.any.fetch_max(at, Ordering::SeqCst);
    }

    fn rows_changed(&self, at: u64, changed: &BTreeSet<Uuid>) {
        let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        if rows.len() + changed.len() > ROWS_MAX {
            rows.clear();
            self.unknown.fetch_max(at, Ordering::SeqCst);
        }
        for row in changed {
            let last = rows.entry(*row).or_default();
            *last = at.max(*last);
        }
        self.any.fetch_max(at, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(tables: &[&str], rows: &[(&'static str, u128)]) -> Written {
        let mut written = Written::default();
        written
            .tables
            .extend(tables.iter().map(|t| (*t).to_owned()));
        for (table, row) in rows {
            let rows = written.rows.entry(table).or_default();
            rows.insert(Uuid::from_u128(*row));
        }
        written
    }

    #[test]
    fn what_was_read_before_a_change_is_old_and_what_is_read_after_is_not() {
        let all = Generations::default();
        let (goods, stock) = (all.table("goods"), all.table("stock"));
        let before = all.now();
        assert!(goods.holds(before) && stock.holds(before));
        all.committed(&written(&["goods"], &[]));
        assert!(!goods.holds(before) && stock.holds(before));
        assert!(goods.holds(all.now()) && all.holds(before));
        all.all_changed();
        assert!(!all.holds(before) && all.holds(all.now()));
    }

    #[test]
    fn a_row_that_changed_leaves_the_others_as_they_were() {
        let all = Generations::default();
        let stock = all.table("stock");
        let [one, other] = [1, 2].map(Uuid::from_u128);
        let before = all.now();
        all.committed(&written(&[], &[("stock", 1)]));
        assert!(!stock.holds(before));
        assert!(!stock.rows_hold(before, &[other, one]));
        assert!(stock.rows_hold(before, &[other]));
        let between = all.now();
        all.changed(&["stock"]);
        assert!(!stock.rows_hold(between, &[other]));
        assert!(stock.rows_hold(all.now(), &[one, other]));
    }

    #[test]
    fn an_event_of_our_own_is_known_once() {
        let all = Generations::default();
        let [one, other] = [1, 2].map(Uuid::from_u128);
        all.awaits(&[one]);
        assert!(!all.is_own(other) && all.is_own(one) && !all.is_own(one));
    }

    #[test]
    fn too_many_rows_count_as_all() {
        let all = Generations::default();
        let stock = all.table("stock");
        let before = all.now();
        for row in 0..=ROWS_MAX as u128 {
            all.committed(&written(&[], &[("stock", row)]));
        }
        assert!(!stock.rows_hold(before, &[Uuid::from_u128(u128::MAX)]));
        assert!(stock.rows.lock().unwrap().len() <= ROWS_MAX);
    }

    #[test]
    fn what_was_written_nobody_knows_where_makes_everything_old() {
        let all = Generations::default();
        let before = all.now();
        all.committed(&Written {
            anywhere: true,
            ..Written::default()
        });
        assert!(!all.holds(before));
    }
}
