//! Pages of lists: keyset cursors bound to the list, its sort and its filter.
//!
//! A cursor holds the sort key of a row, so that rows added before it do not shift the page.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::error::{Code, Refused};
use super::secret::sha256_hex;

/// The most rows a page may have.
pub const MAX: i32 = 100;
/// The rows of a page where the client names none.
pub const DEFAULT: i32 = 20;

/// Which part of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    /// Rows wanted, 1 to [`MAX`].
    pub limit: u64,
    /// The sort key of the row next to the page.
    pub edge: Option<Vec<String>>,
    /// Whether the page ends before the edge (`last`/`before`) and is read backwards.
    pub backward: bool,
    list: String,
}

/// The arguments of a Relay connection.
#[derive(Clone, Debug, Default)]
pub struct PageArgs {
    /// Rows after `after`.
    pub first: Option<i32>,
    /// A cursor.
    pub after: Option<String>,
    /// Rows before `before`.
    pub last: Option<i32>,
    /// A cursor.
    pub before: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Cursor {
    l: String,
    k: Vec<String>,
}

impl Page {
    /// Checks the arguments. `list` names the list with its sort and filter: a cursor of another
    /// one is refused.
    pub fn new(list: &str, args: &PageArgs) -> Result<Self, Refused> {
        let list = sha256_hex(list.as_bytes())
            .chars()
            .take(12)
            .collect::<String>();
        let backward = args.last.is_some() || (args.before.is_some() && args.first.is_none());
        if args.first.is_some() && args.last.is_some() {
            return Err(Refused::invalid(
                "first",
                "Give either first or last, not both.",
            ));
        }
        if args.after.is_some() && args.before.is_some() {
            return Err(Refused::invalid(
                "after",
                "Give either after or before, not both.",
            ));
        }
        if args.after.is_some() && backward || args.before.is_some() && !backward {
            return Err(Refused::invalid(
                "after",
                "first goes with after, last with before.",
            ));
        }
        let (count, name) = if backward {
            (args.last, "last")
        } else {
            (args.first, "first")
        };
        let count = count.unwrap_or(DEFAULT);
        if !(1..=MAX).contains(&count) {
            return Err(Refused::invalid(
                name,
                format!("{name} must be from 1 to {MAX}."),
            ));
        }
        let (cursor, name) = if backward {
            (&args.before, "before")
        } else {
            (&args.after, "after")
        };
        let edge = match cursor {
            Some(cursor) => Some(open(cursor, &list).ok_or_else(|| foreign_cursor().at(name))?),
            None => None,
        };
        Ok(Self {
            limit: u64::from(count.unsigned_abs()),
            edge,
            backward,
            list,
        })
    }

    /// The cursor of a row with this sort key.
    pub fn cursor(&self, key: Vec<String>) -> String {
        let cursor = Cursor {
            l: self.list.clone(),
            k: key,
        };
        BASE64URL_NOPAD.encode(&serde_json::to_vec(&cursor).unwrap_or_default())
    }

    /// Rows to ask of the database: one more than wanted tells whether there are more.
    pub fn probe(&self) -> u64 {
        self.limit + 1
    }

    /// Cuts the probe row off, puts the rows into reading order, and says what lies beyond.
    pub fn cut<T>(&self, mut rows: Vec<T>) -> Cut<T> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        if self.backward {
            rows.reverse();
        }
        let beyond = self.edge.is_some();
        let (has_previous, has_next) = if self.backward {
            (more, beyond)
        } else {
            (beyond, more)
        };
        Cut {
            rows,
            has_previous,
            has_next,
        }
    }
}

/// A cursor that no row of this list has.
pub fn foreign_cursor() -> Refused {
    Refused::new(
        Code::InvalidCursor,
        "The cursor does not belong to this list.",
    )
}

/// A page as read.
#[derive(Debug)]
pub struct Cut<T> {
    /// The rows, in reading order.
    pub rows: Vec<T>,
    /// Whether rows stand before.
    pub has_previous: bool,
    /// Whether rows stand after.
    pub has_next: bool,
}

fn open(text: &str, list: &str) -> Option<Vec<String>> {
    if text.len() > 2_000 {
        return None;
    }
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let cursor: Cursor = serde_json::from_slice(&bytes).ok()?;
    (cursor.l == list).then_some(cursor.k)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(first: Option<i32>, after: Option<&str>) -> PageArgs {
        PageArgs {
            first,
            after: after.map(str::to_owned),
            ..PageArgs::default()
        }
    }

    #[test]
    fn a_cursor_opens_only_in_the_list_it_came_from() {
        let page = Page::new("products:title", &args(Some(2), None)).unwrap();
        let cursor = page.cursor(vec!["a".into(), "b".into()]);
        let next = Page::new("products:title", &args(None, Some(&cursor))).unwrap();
        assert_eq!(next.edge, Some(vec!["a".to_owned(), "b".to_owned()]));
        for (list, text) in [
            ("products:price", cursor.as_str()),
            ("products:title", "x"),
            ("a", ""),
        ] {
            let refused = Page::new(list, &args(None, Some(text))).unwrap_err();
            assert_eq!(refused.code, Code::InvalidCursor);
        }
    }

    #[test]
    fn pages_are_bounded() {
        for first in [0, -1, 101, i32::MAX] {
            assert!(Page::new("l", &args(Some(first), None)).is_err());
        }
    }

    #[test]
    fn the_probe_row_tells_whether_there_is_more() {
        let page = Page::new("l", &args(Some(2), None)).unwrap();
        let cut = page.cut(vec![1, 2, 3]);
        assert_eq!(
            (cut.rows, cut.has_previous, cut.has_next),
            (vec![1, 2], false, true)
        );
        let back = PageArgs {
            last: Some(2),
            ..PageArgs::default()
        };
        let cut = Page::new("l", &back).unwrap().cut(vec![3, 2, 1]);
        assert_eq!(
            (cut.rows, cut.has_previous, cut.has_next),
            (vec![2, 3], true, false)
        );
    }
}
