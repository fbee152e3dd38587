//! Every file under `src/` begins by saying what it is.

use super::source::{Breach, Source};

pub fn breaches(house: &[Source]) -> Vec<Breach> {
    let silent = |source: &&Source| {
        source.path.starts_with("src/") && !source.text.trim_start().starts_with("//!")
    };
    let says = "a module begins with `//!`: what it owns, its invariants, what is absent";
    house
        .iter()
        .filter(silent)
        .map(|source| source.breach(1, says))
        .collect()
}

#[test]
fn a_silent_module_is_found() {
    assert_eq!(
        breaches(&[Source::new("src/a.rs", "// Not a doc.\nfn a() {}")]).len(),
        1
    );
    assert!(breaches(&[Source::new("src/a.rs", "//! A doc.\nfn a() {}")]).is_empty());
}
