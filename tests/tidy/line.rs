//! The line of areas: `LINE` in `src/domain/mod.rs`. An area sees what stands before it, and of that
//! only what is not its own business: another area's SQL, checks and verbs are closed.

use syn::visit::Visit;

use super::paths::named;
use super::source::{Breach, Source};

const PLAN: &str = "src/domain/mod.rs";

pub fn breaches(house: &[Source]) -> Vec<Breach> {
    if !house.iter().any(|source| source.area().is_some()) {
        return Vec::new();
    }
    let Some(line) = house
        .iter()
        .find(|source| source.path == PLAN)
        .and_then(the_line)
    else {
        let says =
            "`pub const LINE: &[&str]` names the areas in their order, and is not here".into();
        return vec![Breach {
            path: PLAN.into(),
            line: 1,
            says,
        }];
    };
    house
        .iter()
        .flat_map(|source| in_file(source, &line))
        .collect()
}

fn in_file(source: &Source, line: &[String]) -> Vec<Breach> {
    let Some(area) = source.area() else {
        return Vec::new();
    };
    let Some(place) = line.iter().position(|name| name == area) else {
        return vec![source.breach(1, format!("area `{area}` has no place in the line"))];
    };
    let mut found = Vec::new();
    for path in named(source) {
        let Some([room, other, rest @ ..]) = path.ours() else {
            continue;
        };
        if room != "domain" || other == area {
            continue;
        }
        let why = match line.iter().position(|name| name == other) {
            None => continue, // a word of the whole domain, such as its registry
            Some(at) if at > place => format!("{area} stands before {other}"),
            Some(_) => match rest.first().map(String::as_str) {
                Some(closed @ ("store" | "check" | "commands")) => {
                    format!(
                        "the {closed} of {other} is closed to {area}: ask its steps or its rules"
                    )
                }
                _ => continue,
            },
        };
        found.push(source.breach(path.line, format!("{}: {why}", path.text())));
    }
    found
}

/// The names in `LINE`.
fn the_line(source: &Source) -> Option<Vec<String>> {
    #[derive(Default)]
    struct Names(Vec<String>);
    impl Visit<'_> for Names {
        fn visit_lit_str(&mut self, text: &syn::LitStr) {
            self.0.push(text.value());
        }
    }
    source.tree.items.iter().find_map(|item| match item {
        syn::Item::Const(item) if item.ident == "LINE" => {
            let mut names = Names::default();
            names.visit_expr(&item.expr);
            Some(names.0)
        }
        _ => None,
    })
}

#[cfg(test)]
fn found(path: &str, code: &str) -> usize {
    let line = r#"pub const LINE: &[&str] = &["channel", "payment", "order"];"#;
    breaches(&[Source::new(PLAN, line), Source::new(path, code)]).len()
}

#[test]
fn looking_down_the_line_is_refused() {
    assert_eq!(
        found(
            "src/domain/channel/steps.rs",
            "use crate::domain::order::state;"
        ),
        1
    );
    assert_eq!(
        found(
            "src/domain/payment/plan.rs",
            "use super::super::order::state;"
        ),
        1
    );
    assert_eq!(
        found(
            "src/domain/order/commands/cancel.rs",
            "use crate::domain::payment::store;"
        ),
        1
    );
    assert_eq!(found("src/domain/gifts/mod.rs", ""), 1);
}

#[test]
fn looking_up_the_line_is_allowed() {
    assert_eq!(
        found(
            "src/domain/order/commands/cancel.rs",
            "use crate::domain::payment::steps;"
        ),
        0
    );
    assert_eq!(found("src/domain/order/store.rs", "use super::state;"), 0);
}

#[test]
fn areas_need_their_line() {
    assert_eq!(
        breaches(&[Source::new("src/domain/order/mod.rs", "")]).len(),
        1
    );
}
