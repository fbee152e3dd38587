//! Resolvers: no error type whose text could slip into an answer, and no `Result<Option<_>>`, which
//! puts an error at the wrong place: a nullable field that can fail is `Option<Result<_>>`.

use syn::spanned::Spanned;

use super::paths::named;
use super::source::{Breach, Source};

/// Results whose error is made from any text.
const TEXT_RESULTS: &[&str] = &["Result", "FieldResult"];

pub fn breaches(house: &[Source]) -> Vec<Breach> {
    let room = |source: &&Source| source.path.starts_with("src/graphql/");
    house.iter().filter(room).flat_map(in_file).collect()
}

fn in_file(source: &Source) -> Vec<Breach> {
    let mut found = Vec::new();
    for path in named(source) {
        let [first, second] = &path.segments[..] else {
            continue;
        };
        if first == "async_graphql" && TEXT_RESULTS.contains(&second.as_str()) {
            found.push(source.breach(
                path.line,
                format!("{}: use the fault of this room", path.text()),
            ));
        }
    }
    for item in &source.tree.items {
        let syn::Item::Impl(item) = item else {
            continue;
        };
        if !is_object(item) {
            continue;
        }
        for part in &item.items {
            let syn::ImplItem::Fn(method) = part else {
                continue;
            };
            if is_result_of_option(&method.sig.output) {
                let says = format!(
                    "{} returns Result<Option<_>>: end in .transpose()",
                    method.sig.ident
                );
                found.push(source.breach(method.sig.span().start().line, says));
            }
        }
    }
    found
}

fn is_result_of_option(output: &syn::ReturnType) -> bool {
    let syn::ReturnType::Type(_, returned) = output else {
        return false;
    };
    argument(returned, "Result").is_some_and(|inner| argument(inner, "Option").is_some())
}

/// `T` in `name<T, …>`.
fn argument<'a>(of: &'a syn::Type, name: &str) -> Option<&'a syn::Type> {
    let syn::Type::Path(path) = of else {
        return None;
    };
    let last = path
        .path
        .segments
        .last()
        .filter(|segment| segment.ident == name)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(inner) => Some(inner),
        _ => None,
    })
}

fn is_object(item: &syn::ItemImpl) -> bool {
    item.attrs.iter().any(|attribute| {
        let name = attribute
            .path()
            .segments
            .last()
            .map(|s| s.ident.to_string());
        matches!(
            name.as_deref(),
            Some("Object" | "ComplexObject" | "Subscription")
        )
    })
}

#[test]
fn errors_with_text_and_misplaced_options_are_found() {
    for code in [
        "use async_graphql::{Object, Result};",
        "fn a() -> async_graphql::Result<u8> { b() }",
        "#[Object] impl A { async fn b(&self) -> Result<Option<u8>, Fault> { c() } }",
        "#[ComplexObject] impl A { async fn b(&self) -> Result<Option<Vec<u8>>> { c() } }",
    ] {
        assert_eq!(
            in_file(&Source::new("src/graphql/a.rs", code)).len(),
            1,
            "{code}"
        );
    }
    let good = "#[Object] impl A { async fn b(&self) -> Option<Result<u8, Fault>> { c() } }";
    assert!(in_file(&Source::new("src/graphql/a.rs", good)).is_empty());
}
