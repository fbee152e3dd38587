//! Whether all that an operation asks for at the root may be kept.

use async_graphql::Name;
use async_graphql::parser::types::{
    ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet,
};

use crate::graphql::{catalog, channel, shipping};

/// Fields of every schema: what they answer is decided by the role.
const OF_ALL: &[&str] = &["__typename", "__schema", "__type"];

/// Whether the answer to an operation may be kept, by its fields at the root. The list of each area
/// stands beside its queries; what is on none is not kept.
pub(in crate::graphql) fn is_allowed(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
) -> bool {
    operation.ty == OperationType::Query
        && set(document, &operation.selection_set.node, &mut Vec::new())
}

fn set<'a>(
    document: &'a ExecutableDocument,
    selection: &'a SelectionSet,
    seen: &mut Vec<&'a Name>,
) -> bool {
    selection.items.iter().all(|item| match &item.node {
        Selection::Field(field) => may(field.node.name.node.as_str()),
        Selection::InlineFragment(inline) => set(document, &inline.node.selection_set.node, seen),
        Selection::FragmentSpread(spread) => {
            let name = &spread.node.fragment_name.node;
            if seen.contains(&name) {
                return true;
            }
            seen.push(name);
            let fragment = document.fragments.get(name);
            fragment.is_some_and(|one| set(document, &one.node.selection_set.node, seen))
        }
    })
}

fn may(field: &str) -> bool {
    let lists = [OF_ALL, catalog::KEPT, channel::KEPT, shipping::KEPT];
    lists.iter().any(|list| list.contains(&field))
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn check(text: &str) -> bool {
        let document = parse_query(text).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        is_allowed(&document, &operation.node)
    }

    #[test]
    fn one_field_that_is_not_listed_is_enough() {
        assert!(check("{ products { nodes { id } } channel { code } }"));
        assert!(check(
            "{ a: product(by: { slug: \"me\" }) { id } __typename }"
        ));
        assert!(check(
            "{ ...a ... { channel { id } } } fragment a on Query { category { id } }"
        ));
        for text in [
            "{ me { email } }",
            "{ products { nodes { id } } me { email } }",
            "{ products: me { email } }",
            "{ node(id: \"x\") { id } }",
            "{ ... { cart(id: \"x\") { id } } }",
            "{ ...a } fragment a on Query { ...b } fragment b on Query { orders { nodes { id } } }",
            "{ ...nothing }",
            "mutation { products }",
        ] {
            assert!(!check(text), "{text}");
        }
    }
}
