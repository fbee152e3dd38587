//! Nothing under `src/` panics, but where the comment above begins with `proven:` and says why it
//! cannot.

use super::source::{Breach, Source, phrase};

const PHRASES: &[&[&str]] = &[
    &[".", "unwrap", "("],
    &[".", "expect", "("],
    &[".", "unwrap_err", "("],
    &[".", "expect_err", "("],
    &["panic", "!"],
    &["todo", "!"],
    &["unimplemented", "!"],
    &["unreachable", "!"],
    &["dbg", "!"],
];

pub fn breaches(house: &[Source]) -> Vec<Breach> {
    house
        .iter()
        .filter(|source| source.path.starts_with("src/"))
        .flat_map(in_file)
        .collect()
}

fn in_file(source: &Source) -> Vec<Breach> {
    let lines: Vec<_> = source.text.lines().collect();
    PHRASES
        .iter()
        .flat_map(|words| {
            phrase(&source.live, words)
                .into_iter()
                .map(move |line| (words, line))
        })
        .filter(|(_, line)| !is_proven(&lines, *line))
        .map(|(words, line)| source.breach(line, format!("`{}` without a proof", words.concat())))
        .collect()
}

/// The comment that ends on the line above has a line that begins with `proven:`.
fn is_proven(lines: &[&str], line: usize) -> bool {
    lines[..line - 1]
        .iter()
        .rev()
        .map(|text| text.trim_start())
        .take_while(|text| text.starts_with("//"))
        .any(|text| text.starts_with("// proven:"))
}

#[test]
fn each_panic_is_found() {
    for code in [
        "a.unwrap();",
        "a\n.expect(\"b\");",
        "panic!();",
        "todo!();",
        "unreachable!();",
        "dbg!(a);",
    ] {
        let source = Source::new("src/a.rs", &format!("fn a() {{ {code} }}"));
        assert_eq!(in_file(&source).len(), 1, "{code}");
    }
}

#[test]
fn proofs_and_tests_pass() {
    let proven =
        "fn a() {\n// proven: it was just inserted,\n// and nothing removes it.\nb.unwrap();\n}";
    assert!(in_file(&Source::new("src/a.rs", proven)).is_empty());
    let test = "#[cfg(test)] mod tests { fn a() { b.unwrap(); } }";
    assert!(in_file(&Source::new("src/a.rs", test)).is_empty());
    assert!(in_file(&Source::new("src/a_test.rs", "fn a() { b.unwrap(); }")).is_empty());
    assert!(in_file(&Source::new("src/a.rs", "fn a() { b.unwrap_or(1); }")).is_empty());
}
