//! Comma-separated text as rows with line numbers (RFC 4180), for files that people have touched.
//!
//! Taken: a byte order mark, LF, CRLF or CR, line breaks in quotes, semicolons or tabs instead of
//! commas, blank rows, blank columns at the end. Columns are found by name, whatever their case
//! and the spaces around them. A row with too few or too many columns, a stray quote or broken
//! UTF-8 is a problem of that row alone: reading goes on with the next line.

use std::collections::HashMap;

use csv::{ByteRecord, ReaderBuilder};

use super::{Loss, Problem};

/// The most bytes a file may have.
pub const BYTES_MAX: usize = 256 * 1024 * 1024;
/// How often reading starts anew after a row with stray quotes.
const RESTARTS_MAX: usize = 1_000;

/// Why a file is no table at all.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Beyond [`BYTES_MAX`].
    #[error("the file is larger than {} MiB: split it", BYTES_MAX / 1_048_576)]
    TooLarge,
    /// Another encoding.
    #[error("the file is in UTF-16: save it as UTF-8")]
    Utf16,
    /// The first row is not text.
    #[error("line 1 is not UTF-8 text: save the file as CSV in UTF-8")]
    NotText,
}

/// The rows of a file, with what could not be read.
#[derive(Debug)]
pub struct Table {
    columns: HashMap<String, usize>,
    /// All rows that have the right form and something in them.
    pub rows: Vec<Row>,
    /// The others.
    pub problems: Vec<Problem>,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where it begins, counted from 1.
    pub line: u64,
    cells: Vec<String>,
}

impl Row {
    /// The cell of a column, trimmed; empty where there is none.
    pub fn get(&self, column: Option<usize>) -> &str {
        let cell = column.and_then(|at| self.cells.get(at));
        cell.map_or("", String::as_str)
    }
}

impl Table {
    /// Where the first of these columns is; names in lower case.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names
            .iter()
            .find_map(|name| self.columns.get(*name))
            .copied()
    }

    /// Reads the whole file.
    pub fn read(bytes: &[u8]) -> Result<Self, TableError> {
        if bytes.len() > BYTES_MAX {
            return Err(TableError::TooLarge);
        }
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(TableError::Utf16);
        }
        let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
        let mut records = Records::of(bytes);
        let header = match records.next() {
            None => return Err(TableError::Empty),
            Some(record) => record.cells.map_err(|_| TableError::NotText)?,
        };
        let mut columns = HashMap::new();
        for (at, name) in header.iter().enumerate() {
            columns.entry(name.to_lowercase()).or_insert(at);
        }
        let (mut rows, mut problems) = (Vec::new(), Vec::new());
        for record in records {
            match shape(record.cells, header.len()) {
                Ok(cells) if cells.iter().all(String::is_empty) => {}
                Ok(cells) => rows.push(Row {
                    line: record.line,
                    cells,
                }),
                Err(reason) => problems.push(Problem::new(record.line, Loss::Row, reason)),
            }
        }
        Ok(Self {
            columns,
            rows,
            problems,
        })
    }
}

/// The cells, if there are as many as columns.
fn shape(cells: Result<Vec<String>, &'static str>, columns: usize) -> Result<Vec<String>, String> {
    let mut cells = cells?;
    while cells.len() > columns && cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    if cells.len() == columns {
        return Ok(cells);
    }
    let count = cells.len();
    Err(format!(
        "it has {count} columns, the first row has {columns}"
    ))
}

struct Record {
    line: u64,
    cells: Result<Vec<String>, &'static str>,
}

/// The records of a text, one after the other; starts anew behind a line with stray quotes.
struct Records<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    reader: csv::Reader<&'a [u8]>,
    /// Where the reader began.
    base: usize,
    /// How far lines have been counted, and how many.
    counted: (usize, u64),
    restarts: usize,
}

impl<'a> Records<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let delimiter = delimiter(bytes);
        Self {
            bytes,
            delimiter,
            reader: reader(bytes, delimiter),
            base: 0,
            counted: (0, 1),
            restarts: 0,
        }
    }

    /// The line of the byte at `at`, which only grows.
    fn line(&mut self, at: usize) -> u64 {
        let (from, line) = self.counted;
        let between = self.bytes.get(from..at).unwrap_or_default();
        let next_is_lf = self.bytes.get(at) == Some(&b'\n');
        let breaks = breaks(between, next_is_lf);
        self.counted = (at, line + breaks);
        self.counted.1
    }

    fn restart(&mut self, at: usize) {
        let rest = self.bytes.get(at..).unwrap_or_default();
        self.reader = reader(rest, self.delimiter);
        self.base = at;
        self.restarts += 1;
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let mut record = ByteRecord::new();
        if !self.reader.read_byte_record(&mut record).ok()? {
            return None;
        }
        let began = record.position().map_or(0, csv::Position::byte);
        let begin = self.base + usize::try_from(began).ok()?;
        let end = self.base + usize::try_from(self.reader.position().byte()).ok()?;
        let raw = self.bytes.get(begin..end).unwrap_or_default();
        let blank = raw.iter().take_while(|byte| is_break(**byte)).count();
        let (begin, raw) = (begin + blank, raw.get(blank..).unwrap_or_default());
        let line = self.line(begin);
        if !quotes_hold(raw, self.delimiter) {
            let next = raw.iter().position(|byte| is_break(*byte));
            let next = begin + next.unwrap_or(raw.len());
            if next < end && self.restarts < RESTARTS_MAX {
                self.restart(next);
            }
            let cells = Err("a quotation mark is not closed, or stands inside a quoted value");
            return Some(Record { line, cells });
        }
        let cell = |bytes: &[u8]| std::str::from_utf8(bytes).map(|text| text.trim().to_owned());
        let cells: Result<Vec<_>, _> = record.iter().map(cell).collect();
        let cells = cells.map_err(|_| "it is not UTF-8 text");
        Some(Record { line, cells })
    }
}

fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes)
}

/// What separates the columns: whatever the first line has most of.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes
        .split(|byte| is_break(*byte))
        .find(|line| !line.is_empty());
    let first = first.unwrap_or_default();
    let count = |wanted: u8| first.split(|byte| *byte == wanted).count();
    let mut best = b',';
    for other in [b';', b'\t'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}

fn is_break(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

/// Line breaks in `bytes`; a CR at the end counts only if no LF follows.
fn breaks(bytes: &[u8], next_is_lf: bool) -> u64 {
    let mut count = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let lf_next = bytes.get(at + 1).map_or(next_is_lf, |next| *next == b'\n');
        if *byte == b'\n' || (*byte == b'\r' && !lf_next) {
            count += 1;
        }
    }
    count
}

/// Whether every quoted cell of a record ends where a cell ends.
fn quotes_hold(raw: &[u8], delimiter: u8) -> bool {
    let mut bytes = raw.iter().copied().peekable();
    loop {
        if bytes.next_if_eq(&b'"').is_some() {
            loop {
                match bytes.next() {
                    Some(b'"') if bytes.next_if_eq(&b'"').is_some() => {}
                    Some(b'"') => break,
                    Some(_) => {}
                    None => return false,
                }
            }
            match bytes.next() {
                None => return true,
                Some(byte) if byte == delimiter => continue,
                Some(byte) if is_break(byte) => return true,
                Some(_) => return false,
            }
        }
        match bytes.find(|byte| *byte == delimiter || is_break(*byte)) {
            Some(byte) if byte == delimiter => {}
            Some(_) | None => return true,
        }
    }
}

#[cfg(test)]
#[path = "table_test.rs"]
mod tests;
