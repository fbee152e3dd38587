//! Documents that are too much, and those that are not.

use std::fmt::Write;
use std::time::Instant;

use async_graphql::parser::parse_query;

use super::*;

fn check(text: &str) -> Result<Shape, Refused> {
    check_with(text, serde_json::json!({}))
}

fn check_with(text: &str, variables: serde_json::Value) -> Result<Shape, Refused> {
    let document = parse_query(text).unwrap();
    let variables = Variables::from_json(variables);
    weigh(&document, None, &variables, &Bounds::default())
}

fn bomb(fragments: usize, spreads: usize) -> String {
    let mut text = String::from("{ ...f0 }");
    for at in 0..fragments {
        let next = format!("...f{} ", at + 1).repeat(spreads);
        write!(text, " fragment f{at} on Query {{ {next} }}").unwrap();
    }
    write!(text, " fragment f{fragments} on Query {{ __typename }}").unwrap();
    text
}

#[test]
fn a_bomb_of_fragments_is_refused_at_once() {
    let of_nothing = bomb(30, 2).replace("__typename", "...nothing");
    let in_another = format!("query A {{ a }} query B {}", bomb(30, 2));
    for text in [bomb(9, 10), bomb(30, 2), of_nothing, in_another] {
        let begun = Instant::now();
        assert_eq!(check(&text).unwrap_err().code, Code::LimitExceeded);
        assert!(begun.elapsed().as_secs() < 1);
    }
}

#[test]
fn a_circle_of_fragments_is_refused() {
    let text = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
    assert_eq!(check(text).unwrap_err().code, Code::LimitExceeded);
}

#[test]
fn pages_within_pages_multiply() {
    let text = "{ a(first: 100) { b(first: 100) { c(first: 100) { d } } } }";
    assert_eq!(check(text).unwrap_err().code, Code::LimitExceeded);
    assert!(check("{ a(first: 100) { b { c d e } } }").is_ok());
}

#[test]
fn aliases_and_depth_are_bounded_but_introspection_may_be_deep() {
    let aliases: String = (0..31).map(|at| format!("a{at}: b ")).collect();
    assert!(check(&format!("{{ {aliases} }}")).is_err());
    let deep = |root: &str| format!("{{ {root} {} }}", "{ a ".repeat(20) + &"}".repeat(20));
    assert!(check(&deep("a")).is_err());
    assert!(check(&deep("__schema")).is_ok());
}

#[test]
fn page_sizes_count_wherever_they_come_from() {
    let text = "query A($n: Int = 100) { a(first: $n) { b(last: $n) { c(first: $n) { d } } } }";
    assert!(check(text).is_err());
    assert!(check_with(text, serde_json::json!({ "n": 2 })).is_ok());
    let huge = "{ a(first: 2147483647) { b(first: 2147483647) { c(first: 2147483647) { d } } } }";
    assert!(check(huge).is_err());
}

#[test]
fn fields_at_the_root_and_directives_are_bounded() {
    let fields: String = (0..31).map(|at| format!("f{at} ")).collect();
    assert!(check(&format!("{{ {fields} }}")).is_err());
    assert!(check(&format!("{{ ...f }} fragment f on Query {{ {fields} }}")).is_err());
    assert!(check(&format!("{{ a {{ {fields} }} }}")).is_ok());
    assert!(check(&format!("{{ __typename {} }}", "@a".repeat(1_000))).is_err());
    assert!(check(&format!("query A {} {{ a }}", "@a".repeat(1_000))).is_err());
}

#[test]
fn introspection_may_go_deep_but_not_in_circles() {
    let once = "{ __schema { types { fields { type { name } } } } }";
    assert!(check(once).unwrap().introspects);
    let circles =
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    assert!(check(circles).is_err());
}

#[test]
fn the_shape_says_whether_it_mutates() {
    let shape = check("mutation { a b }").unwrap();
    assert_eq!(
        shape,
        Shape {
            mutates: true,
            subscribes: false,
            root_fields: 2,
            introspects: false
        }
    );
    assert!(!check("{ a }").unwrap().mutates);
}

#[test]
fn a_subscription_has_one_field_of_its_own() {
    let shape = check("subscription { a { b } }").unwrap();
    assert!(shape.subscribes && !shape.mutates);
    for text in [
        "subscription { a b }",
        "subscription { a a: b }",
        "subscription { __typename }",
        "subscription { ...f } fragment f on Subscription { a }",
        "subscription { ... { a } }",
    ] {
        assert_eq!(check(text).unwrap_err().code, Code::BadRequest, "{text}");
    }
}

#[test]
fn the_only_operation_is_weighed_though_nobody_names_it() {
    let mutation = check("mutation Named { __typename }").unwrap();
    assert!(mutation.mutates);
    let bomb = bomb(9, 10).replacen('{', "query Named {", 1);
    assert_eq!(check(&bomb).unwrap_err().code, Code::LimitExceeded);
}
