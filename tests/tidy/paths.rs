//! The paths a file names: in `use`, in code and inside macros, with `self` and `super` resolved.

use super::source::{Source, Token};

/// A path such as `crate::domain::order::store`, and the line it stands on.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    pub segments: Vec<String>,
    pub line: usize,
}

impl Named {
    /// What follows `crate::` (or the name of our crate, as the binary says it).
    pub fn ours(&self) -> Option<&[String]> {
        let (first, rest) = self.segments.split_first()?;
        (["crate", "rialto"].contains(&first.as_str()) && !rest.is_empty()).then_some(rest)
    }

    pub fn starts_with(&self, name: &str) -> bool {
        self.segments.first().is_some_and(|first| first == name)
    }

    pub fn text(&self) -> String {
        self.segments.join("::")
    }
}

/// Every path of two segments or more. A trailing `*` of a glob is left out.
pub fn named(source: &Source) -> Vec<Named> {
    let mut found = Vec::new();
    let tokens = &source.live;
    let mut at = 0;
    while at < tokens.len() {
        let follows = at > 1 && joined(tokens, at - 2);
        if is_word(&tokens[at].text) && !follows && (at == 0 || tokens[at - 1].text != ".") {
            at = read(tokens, at, &[], &mut found);
        } else {
            at += 1;
        }
    }
    let module = source.module().unwrap_or_default();
    for path in &mut found {
        resolve(&mut path.segments, &module);
    }
    found
}

/// Reads one path from `at`, and what stands in its braces; returns where it ends.
fn read(tokens: &[Token], mut at: usize, before: &[String], found: &mut Vec<Named>) -> usize {
    let line = tokens[at].line;
    let mut segments = before.to_vec();
    loop {
        segments.push(tokens[at].text.clone());
        at += 1;
        if !joined(tokens, at) {
            break;
        }
        match tokens.get(at + 2) {
            Some(next) if is_word(&next.text) => at += 2,
            Some(next) if next.text == "{" => return read_braces(tokens, at + 3, &segments, found),
            _ => break,
        }
    }
    if segments.last().is_some_and(|last| last == "self") && segments.len() > 1 {
        segments.pop();
    }
    if segments.len() > 1 {
        found.push(Named { segments, line });
    }
    at
}

fn read_braces(
    tokens: &[Token],
    mut at: usize,
    before: &[String],
    found: &mut Vec<Named>,
) -> usize {
    let count = found.len();
    let line = tokens.get(at).map_or(0, |token| token.line);
    while at < tokens.len() && tokens[at].text != "}" {
        if is_word(&tokens[at].text) {
            at = read(tokens, at, before, found);
            // `name as other`
            if tokens.get(at).is_some_and(|token| token.text == "as") {
                at += 2;
            }
        } else {
            at += 1;
        }
    }
    if found.len() == count && before.len() > 1 {
        found.push(Named {
            segments: before.to_vec(),
            line,
        });
    }
    at + 1
}

fn joined(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.text == ":")
        && tokens.get(at + 1).is_some_and(|t| t.text == ":")
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn resolve(segments: &mut Vec<String>, module: &[&str]) {
    let depth = match segments[0].as_str() {
        "self" => 0,
        "super" => segments.iter().take_while(|s| *s == "super").count(),
        _ => return,
    };
    let own = &module[..module.len().saturating_sub(depth)];
    let rest = segments.split_off(depth.max(1));
    *segments = std::iter::once("crate")
        .chain(own.iter().copied())
        .map(str::to_owned)
        .collect();
    segments.extend(rest);
}

#[test]
fn paths_are_found_in_use_trees_macros_and_code() {
    let source = Source::new(
        "src/domain/order/commands/cancel.rs",
        "use crate::{kernel::money::{self, Money}, write as w};
         use super::super::store;
         fn a() { let x = crate::db::begin::<u8>(); log!(\"{}\", sea_orm::Set(1)); y.map(a::b) }",
    );
    let texts: Vec<_> = named(&source).iter().map(Named::text).collect();
    assert_eq!(
        texts,
        [
            "crate::kernel::money",
            "crate::kernel::money::Money",
            "crate::write",
            "crate::domain::order::store",
            "crate::db::begin",
            "sea_orm::Set",
            "a::b",
        ]
    );
}
