//! The sources as the rules read them: text, syntax tree and a flat run of tokens.

use std::fmt;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use walkdir::WalkDir;

/// One token, with the line it begins on. Brackets are tokens of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// One file of the house.
pub struct Source {
    /// From the root of the repository, with `/`.
    pub path: String,
    pub text: String,
    pub tree: syn::File,
    /// The tokens without what stands under `#[cfg(test)]`; none in a file of tests.
    pub live: Vec<Token>,
}

/// Where a rule is broken, and how.
#[derive(Debug)]
pub struct Breach {
    pub path: String,
    pub line: usize,
    pub says: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.says)
    }
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let tree = syn::parse_file(text).unwrap_or_else(|e| panic!("{path} is not Rust: {e}"));
        let stream: TokenStream = text.parse().unwrap_or_else(|e| panic!("{path}: {e}"));
        let mut live = Vec::new();
        if !is_test(path) {
            flatten(stream, &mut live);
        }
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            tree,
            live,
        }
    }

    pub fn breach(&self, line: usize, says: impl Into<String>) -> Breach {
        Breach {
            path: self.path.clone(),
            line,
            says: says.into(),
        }
    }

    /// `src/domain/order/store.rs` → `["domain", "order", "store"]`; none outside `src`.
    pub fn module(&self) -> Option<Vec<&str>> {
        let mut parts: Vec<_> = self
            .path
            .strip_prefix("src/")?
            .strip_suffix(".rs")?
            .split('/')
            .collect();
        if matches!(parts.last(), Some(&"mod" | &"lib" | &"main")) {
            parts.pop();
        }
        Some(parts)
    }

    /// The area a file belongs to: `order` in `src/domain/order/store.rs`.
    pub fn area(&self) -> Option<&str> {
        self.path
            .strip_prefix("src/domain/")?
            .split_once('/')
            .map(|(area, _)| area)
    }

    /// A store by its name: `store.rs`, `store_lines.rs`, or anything in a folder `store/`.
    pub fn is_store(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.starts_with("store") || self.path.contains("/store/")
    }
}

/// Tests in files of their own: those of `tests/`, and `*_test.rs` or `tests.rs` beside the code.
pub fn is_test(path: &str) -> bool {
    let stem = path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".rs");
    path.starts_with("tests/")
        || stem == "tests"
        || stem.ends_with("_test")
        || stem.ends_with("_tests")
}

/// Every Rust file of the house, by path.
pub fn house() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    for folder in [
        "src",
        "entity/src",
        "migration/src",
        "tests",
        "examples",
        "benches",
    ] {
        for entry in WalkDir::new(root.join(folder))
            .sort_by_file_name()
            .into_iter()
            .flatten()
        {
            if entry.path().extension().is_some_and(|e| e == "rs") {
                let path = entry
                    .path()
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                sources.push(Source::new(
                    &path,
                    &std::fs::read_to_string(entry.path()).unwrap(),
                ));
            }
        }
    }
    assert!(!sources.is_empty(), "no sources under {}", root.display());
    sources
}

fn flatten(stream: TokenStream, out: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Punct(p) if p.as_char() == '#' && trees.peek().is_some_and(is_cfg_test) => {
                // The item ends at its braces or its semicolon, whichever comes first.
                for skipped in trees.by_ref() {
                    let ends = match &skipped {
                        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                        TokenTree::Punct(p) => p.as_char() == ';',
                        _ => false,
                    };
                    if ends {
                        break;
                    }
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::None => ("", ""),
                };
                let end = group.span_close().end().line;
                out.push(Token {
                    text: open.into(),
                    line,
                });
                flatten(group.stream(), out);
                out.push(Token {
                    text: close.into(),
                    line: end,
                });
            }
            other => out.push(Token {
                text: other.to_string(),
                line,
            }),
        }
    }
}

fn is_cfg_test(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(g) if g.stream().to_string().replace(' ', "") == "cfg(test)")
}

/// A run of tokens by their text, for rules that look for a phrase.
pub fn phrase(tokens: &[Token], words: &[&str]) -> Vec<usize> {
    tokens
        .windows(words.len())
        .filter(|window| {
            window
                .iter()
                .zip(words)
                .all(|(token, word)| token.text == *word)
        })
        .map(|window| window[0].line)
        .collect()
}

#[test]
fn code_under_cfg_test_is_not_live() {
    let source = Source::new(
        "src/a.rs",
        "#[cfg(test)]\nmod tests { fn a() { x.unwrap() } }\nfn b() { y() }",
    );
    assert!(phrase(&source.live, &["x"]).is_empty());
    assert_eq!(phrase(&source.live, &["y", "(", ")"]), [3]);
}
