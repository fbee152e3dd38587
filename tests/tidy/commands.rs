//! The folder listing of `commands/` is the list of verbs: one file, one command. Every command
//! stands in the registry (`registry.rs`), which the walks over all commands go by.

use super::paths::named;
use super::source::{Breach, Source};

pub fn breaches(house: &[Source]) -> Vec<Breach> {
    let listed: Vec<Vec<String>> = house
        .iter()
        .filter(|source| source.path.starts_with("src/") && source.path.ends_with("/registry.rs"))
        .flat_map(named)
        .map(|path| path.segments)
        .collect();
    house
        .iter()
        .filter(|s| s.path.starts_with("src/"))
        .flat_map(|s| in_file(s, &listed))
        .collect()
}

fn in_file(source: &Source, listed: &[Vec<String>]) -> Vec<Breach> {
    let commands = commands(source);
    let mut found = Vec::new();
    if source.path.contains("/commands/")
        && !source.path.ends_with("/mod.rs")
        && commands.len() != 1
    {
        let says = format!("{} commands in a file of verbs: one each", commands.len());
        found.push(source.breach(1, says));
    }
    for (name, line) in commands {
        let area = source.area();
        let known = listed.iter().any(|path| {
            path.last() == Some(&name)
                && area.is_none_or(|area| path.iter().any(|part| part == area))
        });
        if !known {
            let path = area.map_or(name.clone(), |area| format!("{area}::{name}"));
            found.push(source.breach(line, format!("{path} is not in the registry")));
        }
    }
    found
}

/// The types that are commands here, with the line that says so.
fn commands(source: &Source) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for item in &source.tree.items {
        let syn::Item::Impl(item) = item else {
            continue;
        };
        let Some((_, path, _)) = &item.trait_ else {
            continue;
        };
        let (Some(last), syn::Type::Path(of)) = (path.segments.last(), &*item.self_ty) else {
            continue;
        };
        if last.ident == "Command"
            && let Some(name) = of.path.segments.last()
        {
            found.push((name.ident.to_string(), name.ident.span().start().line));
        }
    }
    found
}

#[cfg(test)]
fn found(path: &str, code: &str) -> usize {
    let registry = "use crate::domain::{order, cart}; fn a() { walk::<order::Cancel>(); }";
    breaches(&[
        Source::new("src/domain/registry.rs", registry),
        Source::new(path, code),
    ])
    .len()
}

#[test]
fn verbs_that_are_missing_doubled_or_unlisted_are_found() {
    let file = "src/domain/order/commands/cancel.rs";
    assert_eq!(found(file, "impl Command for Cancel {}"), 0);
    assert_eq!(found(file, "struct Cancel;"), 1);
    assert_eq!(
        found(
            file,
            "impl Command for Cancel {} impl Command for Cancel {}"
        ),
        1
    );
    assert_eq!(found(file, "impl Command for Hold {}"), 1);
    assert_eq!(
        found(
            "src/domain/cart/commands/cancel.rs",
            "impl write::Command for Cancel {}"
        ),
        1
    );
    assert_eq!(found("src/domain/order/commands/mod.rs", ""), 0);
}
