//! Which tables a statement names, read from its text.
//!
//! A name too many does no harm: what is noted is what an answer depends on, and what a commit may
//! have changed. Deliberately absent: understanding SQL.

/// Words after which a table is read.
const READS: &[&str] = &["FROM", "JOIN"];

/// Words after which a table is written, or read by what writes.
const WRITES: &[&str] = &["INTO", "UPDATE", "FROM", "JOIN"];

/// Words that may stand before the name.
const BEFORE: &[&str] = &["ONLY", "LATERAL"];

/// Words that stand where a table might, and are none.
const NONE: &[&str] = &["SET", "SKIP", "NOWAIT", "OF"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Quoted(&'a str),
    Comma,
    Open,
    Close,
    Other,
}

/// The tables that a `SELECT` reads.
pub fn read_by(sql: &str) -> Vec<&str> {
    named(sql, READS)
}

/// The tables that a statement writes, and those it reads meanwhile; none where that cannot be
/// said.
pub fn written_by(sql: &str) -> Vec<&str> {
    named(sql, WRITES)
}

fn named<'a>(sql: &'a str, after: &[&str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut tokens = Tokens(sql).peekable();
    // Whether a comma at this level of brackets goes on with a list of tables.
    let mut levels = vec![false];
    let mut expects = false;
    while let Some(token) = tokens.next() {
        let called = tokens.peek() == Some(&Token::Open);
        let Some(list) = levels.last_mut() else {
            break;
        };
        match token {
            Token::Word(word) if is_in(word, after) => {
                expects = true;
                *list = false;
            }
            Token::Word(word) if expects && is_in(word, BEFORE) => {}
            Token::Word(word) if expects => {
                expects = false;
                *list = true;
                // A name right before a bracket is a function, but where rows are put into it.
                let function = called && !after.contains(&"INTO");
                if !function && !is_in(word, NONE) {
                    found.push(word);
                }
            }
            Token::Quoted(name) if expects => {
                expects = false;
                *list = true;
                found.push(name);
            }
            // An alias, or the next clause: a comma after a clause is none of the list.
            Token::Word(word) if is_clause(word) => *list = false,
            Token::Comma => expects = *list,
            Token::Open => {
                if std::mem::take(&mut expects) {
                    *list = true;
                }
                levels.push(false);
            }
            Token::Close if levels.len() > 1 => {
                levels.pop();
                expects = false;
            }
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn is_in(word: &str, words: &[&str]) -> bool {
    words.iter().any(|one| one.eq_ignore_ascii_case(word))
}

fn is_clause(word: &str) -> bool {
    const CLAUSES: &[&str] = &[
        "WHERE",
        "ON",
        "GROUP",
        "ORDER",
        "LIMIT",
        "UNION",
        "SET",
        "VALUES",
        "HAVING",
        "INNER",
        "LEFT",
        "CROSS",
        "RETURNING",
        "USING",
        "FOR",
        "OFFSET",
        "SELECT",
    ];
    is_in(word, CLAUSES)
}

struct Tokens<'a>(&'a str);

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.0 = self.0.trim_start();
        let first = self.0.chars().next()?;
        let (token, length) = match first {
            '"' => {
                let inside = self.0.get(1..).unwrap_or_default();
                let end = inside.find('"').unwrap_or(inside.len());
                (Token::Quoted(&inside[..end]), end + 2)
            }
            '\'' => {
                let inside = self.0.get(1..).unwrap_or_default();
                let end = inside.find('\'').unwrap_or(inside.len());
                (Token::Other, end + 2)
            }
            ',' => (Token::Comma, 1),
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            _ if is_word(first) => {
                let end = self.0.find(|letter| !is_word(letter));
                let end = end.unwrap_or(self.0.len());
                (Token::Word(&self.0[..end]), end)
            }
            other => (Token::Other, other.len_utf8()),
        };
        self.0 = self.0.get(length..).unwrap_or_default();
        Some(token)
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sql: &str, reads: &[&str]) {
        assert_eq!(read_by(sql), reads, "{sql}");
    }

    #[test]
    fn tables_that_are_read_are_found() {
        check(r#"SELECT "a"."id" FROM "a" WHERE "a"."x" = $1"#, &["a"]);
        check(
            r#"SELECT "p"."id" FROM "products" AS "p" INNER JOIN "prices" ON "p"."id" = "q" LEFT JOIN "x" ON 1 = 1"#,
            &["prices", "products", "x"],
        );
        check(
            r#"SELECT 1 FROM "a", "b" AS "c", "d" WHERE "e" IN (1, 2)"#,
            &["a", "b", "d"],
        );
        check(
            r#"SELECT "x", "y" FROM (SELECT "z" FROM "a" ORDER BY "u", "v") AS "hits", "b""#,
            &["a", "b"],
        );
        check(
            r#"SELECT 1 FROM "a" WHERE EXISTS(SELECT 1 FROM "b" WHERE "n" = 'FROM "c"') ORDER BY "d", "e""#,
            &["a", "b"],
        );
        check(
            "select 1 from a join lateral (select 2 from b) x on true",
            &["a", "b"],
        );
        check(
            "SELECT v FROM json_each($1) UNION ALL SELECT 2 FROM t",
            &["t"],
        );
        check("SELECT 1", &[]);
    }

    #[test]
    fn tables_that_are_written_are_found() {
        for (sql, tables) in [
            (r#"INSERT INTO "a" ("b", "c") VALUES ($1, $2)"#, vec!["a"]),
            ("INSERT INTO a(b) SELECT c FROM d", vec!["a", "d"]),
            (
                r#"INSERT INTO "a" ("b") VALUES (1) ON CONFLICT ("b") DO UPDATE SET "b" = 2"#,
                vec!["a"],
            ),
            (r#"UPDATE "a" SET "b" = "b" + 1 WHERE "c" = 2"#, vec!["a"]),
            (
                "UPDATE a SET b = u.b FROM unnest($1) u",
                vec!["a", "unnest"],
            ),
            (
                r#"DELETE FROM "a" WHERE "b" IN (SELECT "c" FROM "d")"#,
                vec!["a", "d"],
            ),
            ("VACUUM", vec![]),
        ] {
            assert_eq!(written_by(sql), tables, "{sql}");
        }
    }
}
