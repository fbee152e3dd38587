//! Who may not use a field does not see it: `guard = "gate::x(…)"` and `visible = "see::x"` stand
//! together and name the same permission.

use super::source::{Breach, Source, Token};

pub fn breaches(house: &[Source]) -> Vec<Breach> {
    let room = |source: &&Source| source.path.starts_with("src/graphql/");
    house.iter().filter(room).flat_map(in_file).collect()
}

fn in_file(source: &Source) -> Vec<Breach> {
    let mut found = Vec::new();
    for (at, window) in source.live.windows(4).enumerate() {
        let texts: Vec<_> = window.iter().map(|token| token.text.as_str()).collect();
        if texts != ["#", "[", "graphql", "("] {
            continue;
        }
        let attribute = inside(&source.live[at + 4..]);
        let says = match (value(&attribute, "guard"), value(&attribute, "visible")) {
            (None, None) => continue,
            (Some(guard), Some(visible)) if permission(&guard) == permission(&visible) => continue,
            (Some(guard), Some(visible)) => format!("{guard} guards what {visible} shows"),
            (Some(guard), None) => format!("{guard} guards a field that everybody sees"),
            (None, Some(visible)) => format!("{visible} hides a field that nothing guards"),
        };
        found.push(source.breach(window[0].line, says));
    }
    found
}

/// The tokens up to the bracket that closes.
fn inside(tokens: &[Token]) -> Vec<&Token> {
    let mut depth = 1;
    tokens
        .iter()
        .take_while(|token| {
            match token.text.as_str() {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
            depth > 0
        })
        .collect()
}

fn value(attribute: &[&Token], key: &str) -> Option<String> {
    attribute
        .windows(3)
        .find(|window| window[0].text == key && window[1].text == "=")
        .map(|window| window[2].text.trim_matches('"').to_owned())
}

/// `gate::order_cancel(…)` and `see::order_cancel` → `order_cancel`.
fn permission(path: &str) -> &str {
    let path = path.split('(').next().unwrap_or_default();
    path.rsplit("::").next().unwrap_or_default()
}

#[test]
fn guard_and_visibility_that_differ_are_found() {
    for (attribute, breaches) in [
        (
            r#"guard = "gate::order_cancel()", visible = "see::order_cancel""#,
            0,
        ),
        (r#"name = "a", default = 1"#, 0),
        (
            r#"guard = "gate::order_cancel()", visible = "see::order_read""#,
            1,
        ),
        (r#"guard = "gate::order_cancel()""#, 1),
        (r#"visible = "see::order_cancel""#, 1),
        ("visible = false", 1),
    ] {
        let code = format!(
            "#[Object] impl A {{ #[graphql({attribute})] async fn b(&self) -> u8 {{ 1 }} }}"
        );
        let found = in_file(&Source::new("src/graphql/order/query.rs", &code));
        assert_eq!(found.len(), breaches, "{attribute}");
    }
}
