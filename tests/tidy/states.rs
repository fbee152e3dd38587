//! A state is matched without a wildcard: a new one does not compile until somebody decides.
//! Checked where the states are, in `state.rs`; elsewhere it is for the reader of a change.

use super::source::{Breach, Source, phrase};

pub fn breaches(house: &[Source]) -> Vec<Breach> {
    house
        .iter()
        .filter(|source| source.path.ends_with("/state.rs"))
        .flat_map(in_file)
        .collect()
}

fn in_file(source: &Source) -> Vec<Breach> {
    let arms = [&["_", "=", ">"][..], &["_", "if"][..]];
    let lines = arms.iter().flat_map(|words| phrase(&source.live, words));
    lines
        .map(|line| source.breach(line, "a wildcard arm over states: name them"))
        .collect()
}

#[test]
fn a_wildcard_is_found() {
    for arm in ["_ => 1", "_ if b => 1"] {
        let source = Source::new(
            "src/domain/a/state.rs",
            &format!("fn a() {{ match s {{ {arm} }} }}"),
        );
        assert_eq!(in_file(&source).len(), 1, "{arm}");
    }
    let named = Source::new(
        "src/domain/a/state.rs",
        "fn a() { match s { A(_) => 1, B => |_| 2 } }",
    );
    assert!(in_file(&named).is_empty());
}
