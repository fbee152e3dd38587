//! What is taken and what is refused before anything runs. Where the library alone would do
//! otherwise, the test says so, so that a rule that is no longer needed is noticed.

use std::time::Instant;

use async_graphql::{Request, Schema};
use futures_util::FutureExt;
use serde_json::{Value, json};

use super::*;
use crate::graphql::roots::{Mutation, Query, Subscription};

fn documents(bounds: Bounds) -> Documents {
    Documents::new(&Settings::default(), &bounds)
}

fn asks(documents: &Documents, query: &str, variables: Value) -> Result<Opened, Closed> {
    let operation = Operation {
        query: Some(query.to_owned()),
        document_id: None,
        name: None,
        variables,
        extensions: None,
        read_only: true,
    };
    documents.open(operation).now_or_never().expect("no wait")
}

fn opens(query: &str, variables: Value) -> Result<Opened, Closed> {
    asks(&documents(Bounds::default()), query, variables)
}

/// The first thing that is wrong, if anything is.
#[track_caller]
fn wrong(query: &str, variables: Value) -> Option<String> {
    match opens(query, variables) {
        Ok(_) => None,
        Err(Closed::Refused(refused)) => Some(refused.message),
        Err(Closed::Errors(errors)) => Some(errors[0].message.clone()),
    }
}

/// Whether the rules of the library alone find something wrong.
fn library_objects(query: &str) -> bool {
    let schema = Schema::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    )
    .finish();
    let response = schema.execute(Request::new(query)).now_or_never();
    let response = response.expect("no wait");
    let early = |error: &ServerError| error.path.is_empty();
    response.errors.iter().any(early)
}

#[test]
fn directives_on_typename_are_validated() {
    for (query, says) in [
        ("{ __typename @unknown }", "Unknown directive"),
        (
            "{ a: __typename @skip(if: false) @skip(if: false) }",
            "Duplicate directive",
        ),
        ("{ __typename @include }", "is required"),
        ("{ __typename @skip(if: $not) }", "is not defined"),
        (
            "{ __typename @skip(iff: true, if: true) }",
            "Unknown argument",
        ),
        (
            "{ channel { ... { __typename @unknown } } }",
            "Unknown directive",
        ),
    ] {
        assert!(!library_objects(query), "{query}: the library sees it now");
        let found = wrong(query, json!({}));
        assert!(
            found.as_ref().is_some_and(|found| found.contains(says)),
            "{query}: {found:?}"
        );
    }
}

#[test]
fn a_variable_that_only_stands_on_typename_is_used() {
    let query = "query A($no: Boolean!) { __typename @skip(if: $no) }";
    assert!(library_objects(query), "the library sees it now");
    assert_eq!(wrong(query, json!({ "no": true })), None);
    let unused = "query A($no: Boolean!) { __typename }";
    assert!(wrong(unused, json!({ "no": true })).is_some());
}

#[test]
fn integers_beyond_32_bits_are_refused_where_nothing_runs() {
    let query = "{ products(first: 4294967296) @skip(if: true) { nodes { id } } __typename }";
    assert!(!library_objects(query), "the library sees it now");
    assert!(
        wrong(query, json!({}))
            .unwrap()
            .contains("expected type \"Int\"")
    );
    for first in ["2147483648", "-2147483649"] {
        let query = format!("{{ products(first: {first}) @skip(if: true) {{ nodes {{ id }} }} }}");
        assert!(wrong(&query, json!({})).is_some(), "{first}");
        let query =
            format!("query A($n: Int = {first}) {{ products(first: $n) {{ nodes {{ id }} }} }}");
        assert!(wrong(&query, json!({})).is_some(), "{first}");
    }
    let query = "query A($n: Int) { products(first: $n) @skip(if: true) { nodes { id } } }";
    assert!(wrong(query, json!({ "n": 2_147_483_648_i64 })).is_some());
    assert_eq!(wrong(query, json!({ "n": 20 })), None);
}

#[test]
fn literals_beside_a_variable_are_checked_too() {
    for arguments in [
        "by: { slug: $s, id: \"x\" }",
        "by: { slag: $s }",
        "by: { slug: $s, }, by2: 1",
    ] {
        let query = format!("query A($s: String!) {{ product({arguments}) {{ id }} }}");
        assert!(wrong(&query, json!({ "s": "a" })).is_some(), "{arguments}");
    }
    let text = "{ products(sort: \"NAME\") { nodes { id } } }";
    assert!(wrong(text, json!({})).is_some(), "a text is no enum");
}

#[test]
fn variables_are_checked_with_every_request() {
    let query = "query A($by: ProductBy!, $first: Int! = 3) {
        product(by: $by) { id } products(first: $first) { nodes { id } } }";
    let shop = documents(Bounds::default());
    let ask = |variables| match asks(&shop, query, variables) {
        Err(Closed::Errors(errors)) => Some(errors[0].message.clone()),
        Err(Closed::Refused(refused)) => Some(refused.message),
        Ok(_) => None,
    };
    for _ in 0..2 {
        assert_eq!(ask(json!({ "by": { "slug": "mug" } })), None);
        assert_eq!(ask(json!({ "by": { "slug": "mug" }, "unknown": 1 })), None);
        for (variables, says) in [
            (json!({}), "\"$by\" of type \"ProductBy!\": it is required"),
            (json!({ "by": null }), "expected type"),
            (json!({ "by": "mug" }), "expected type"),
            (
                json!({ "by": { "slug": "mug", "id": "x" } }),
                "exactly one field",
            ),
            (json!({ "by": { "slag": "mug" } }), "no field \"slag\""),
            (json!({ "by": { "slug": 7 } }), "expected type"),
            (
                json!({ "by": { "slug": "mug" }, "first": "3" }),
                "expected type",
            ),
            (json!([]), "must be an object"),
        ] {
            let found = ask(variables.clone());
            assert!(
                found.as_ref().is_some_and(|found| found.contains(says)),
                "{found:?}"
            );
        }
    }
}

#[test]
fn four_megabytes_of_tokens_are_not_parsed_where_so_many_bytes_are_taken() {
    let wide = documents(Bounds {
        bytes: 16 * 1024 * 1024,
        ..Bounds::default()
    });
    let text = format!("{{ {} }}", "a ".repeat(2 * 1024 * 1024));
    let begun = Instant::now();
    let refused = asks(&wide, &text, json!({})).err();
    assert!(
        matches!(refused, Some(Closed::Refused(refused)) if refused.message.contains("tokens"))
    );
    assert!(begun.elapsed().as_secs() < 2);
    assert!(wrong(&text, json!({})).unwrap().contains("bytes"));
}

#[test]
fn a_thousand_aliases_repeats_or_unknown_directives_are_refused() {
    let aliases: String = (0..1_000).map(|at| format!("a{at}: __typename ")).collect();
    let repeats = "__typename ".repeat(1_000);
    let directives = format!("__typename {}", "@unknown ".repeat(1_000));
    for (inside, says) in [
        (aliases, "aliases"),
        (repeats, "fields at the root"),
        (directives, "directives"),
    ] {
        let found = wrong(&format!("{{ {inside} }}"), json!({}));
        assert!(
            found.as_ref().is_some_and(|found| found.contains(says)),
            "{found:?}"
        );
    }
    let nested = format!("{{ channel {{ {} }} }}", "id ".repeat(3_000));
    assert!(wrong(&nested, json!({})).unwrap().contains("fields"));
}

#[test]
fn what_does_not_fit_is_refused_the_second_time_too() {
    let shop = documents(Bounds::default());
    for _ in 0..2 {
        assert!(asks(&shop, "{ nothing }", json!({})).is_err());
        assert!(asks(&shop, "{ channel { id } }", json!({})).is_ok());
    }
}

#[test]
fn a_document_that_passed_is_not_judged_again() {
    let shop = documents(Bounds::default());
    let open = |text| {
        let opened = asks(&shop, text, json!({})).ok();
        opened.expect("it fits").document
    };
    assert!(Arc::ptr_eq(
        &open("{ channel { id } }"),
        &open("{ channel { id } }")
    ));
    assert!(!Arc::ptr_eq(
        &open("{ channel { id } }"),
        &open("{ channel { id }}")
    ));
}

/// The query of graphql-js, as GraphiQL sends it with all its options.
const INTROSPECTION: &str = "query IntrospectionQuery { __schema { description
    queryType { name kind } mutationType { name kind } subscriptionType { name kind }
    types { ...FullType }
    directives { name description isRepeatable locations
        args(includeDeprecated: true) { ...InputValue } } } }
fragment FullType on __Type { kind name description specifiedByURL isOneOf
    fields(includeDeprecated: true) { name description
        args(includeDeprecated: true) { ...InputValue }
        type { ...TypeRef } isDeprecated deprecationReason }
    inputFields(includeDeprecated: true) { ...InputValue }
    interfaces { ...TypeRef }
    enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
    possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue
    isDeprecated deprecationReason }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name } } } } } } } } } }";

#[test]
fn the_introspection_of_tools_passes() {
    assert_eq!(wrong(INTROSPECTION, json!({})), None);
    let quiet = Settings {
        introspection: false,
        ..Settings::default()
    };
    let quiet = Documents::new(&quiet, &Bounds::default());
    for query in [
        INTROSPECTION,
        "{ channel { id } ...f } fragment f on Query { __type(name: \"ID\") { name } }",
    ] {
        let refused = asks(&quiet, query, json!({})).err();
        assert!(
            matches!(refused, Some(Closed::Refused(refused)) if refused.code == Code::IntrospectionOff)
        );
    }
    assert!(asks(&quiet, "{ __typename }", json!({})).is_ok());
}
