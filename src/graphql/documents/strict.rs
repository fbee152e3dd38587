//! Whether a document fits the schema: the rules of the library, and those it leaves out.
//!
//! The schema in here validates and never executes. Deliberately absent: who asks, and variables;
//! a document that has passed may be run with any.

use std::sync::{Arc, OnceLock};

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextParseQuery, NextValidation,
};
use async_graphql::parser::types::{
    ExecutableDocument, Field, InlineFragment, Selection, SelectionSet,
};
use async_graphql::{
    Positioned, Request, SchemaEnv, ServerError, ServerResult, ValidationResult, Variables,
};

use super::values;
use crate::graphql::api::Graph;

/// The schema that judges documents.
pub(super) struct Strict(Graph);

/// What came out.
#[derive(Default)]
struct Verdict {
    /// The types, for the rules of our own.
    types: OnceLock<SchemaEnv>,
    passed: OnceLock<()>,
}

impl Strict {
    pub(super) fn new(suggestions: bool) -> Self {
        let builder = crate::graphql::api::builder().extension(Judge);
        let builder = match suggestions {
            true => builder,
            false => builder.disable_suggestions(),
        };
        Self(builder.finish())
    }

    /// The types that the document was found to fit, or what is wrong with it.
    pub(super) async fn judge(
        &self,
        document: &ExecutableDocument,
    ) -> Result<SchemaEnv, Vec<ServerError>> {
        let verdict = Arc::new(Verdict::default());
        let mut request = Request::new("").data(verdict.clone());
        request.set_parsed_query(visible(document));
        let response = self.0.execute(request).await;
        match (verdict.passed.get(), verdict.types.get()) {
            (Some(()), Some(types)) => {
                let errors = values::literals(&types.registry, document);
                if errors.is_empty() {
                    Ok(types.clone())
                } else {
                    Err(errors)
                }
            }
            _ => Err(response.errors),
        }
    }
}

struct Judge;

impl ExtensionFactory for Judge {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for Judge {
    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        if let Some(verdict) = ctx.data_opt::<Arc<Verdict>>() {
            // Nobody else sets it.
            let _ = verdict.types.set(ctx.schema_env.clone());
        }
        next.run(ctx, query, variables).await
    }

    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        next.run(ctx).await?;
        if let Some(verdict) = ctx.data_opt::<Arc<Verdict>>() {
            let _ = verdict.passed.set(());
        }
        // It ends here: nothing is executed.
        Err(Vec::new())
    }
}

/// The document as the rules must see it: they skip `__typename` with all that stands on it, so its
/// directives are put on a fragment around it, which means the same.
fn visible(document: &ExecutableDocument) -> ExecutableDocument {
    let mut document = document.clone();
    match &mut document.operations {
        async_graphql::parser::types::DocumentOperations::Single(operation) => {
            show(&mut operation.node.selection_set.node);
        }
        async_graphql::parser::types::DocumentOperations::Multiple(all) => {
            for operation in all.values_mut() {
                show(&mut operation.node.selection_set.node);
            }
        }
    }
    for fragment in document.fragments.values_mut() {
        show(&mut fragment.node.selection_set.node);
    }
    document
}

fn show(set: &mut SelectionSet) {
    for item in &mut set.items {
        let pos = item.pos;
        match &mut item.node {
            Selection::Field(field) if is_typename_with_directives(&field.node) => {
                let directives = std::mem::take(&mut field.node.directives);
                let inner = Selection::Field(field.clone());
                let set = SelectionSet {
                    items: vec![Positioned::new(inner, pos)],
                };
                item.node = Selection::InlineFragment(Positioned::new(
                    InlineFragment {
                        type_condition: None,
                        directives,
                        selection_set: Positioned::new(set, pos),
                    },
                    pos,
                ));
            }
            Selection::Field(field) => show(&mut field.node.selection_set.node),
            Selection::InlineFragment(inline) => show(&mut inline.node.selection_set.node),
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn is_typename_with_directives(field: &Field) -> bool {
    field.name.node == "__typename" && !field.directives.is_empty()
}
