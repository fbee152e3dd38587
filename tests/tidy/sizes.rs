//! A file is one idea, a function fits on a screen.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::source::{Breach, Source, is_test};

const FILE: usize = 500;
const TEST_FILE: usize = 800;
const FUNCTION: usize = 70;
/// `main.rs` reads the command line and hands over.
const MAIN: usize = 29;

pub fn breaches(house: &[Source]) -> Vec<Breach> {
    house.iter().flat_map(in_file).collect()
}

fn in_file(source: &Source) -> Vec<Breach> {
    let limit = match source.path.as_str() {
        "src/main.rs" => MAIN,
        path if is_test(path) => TEST_FILE,
        _ => FILE,
    };
    let lines = source.text.lines().count();
    let mut long = Long {
        source,
        found: Vec::new(),
    };
    if lines > limit {
        long.found
            .push(source.breach(limit, format!("{lines} lines, {limit} is the end")));
    }
    long.visit_file(&source.tree);
    long.found
}

struct Long<'a> {
    source: &'a Source,
    found: Vec<Breach>,
}

impl Long<'_> {
    fn measure(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let first = signature.span().start().line;
        let lines = block.span().end().line - first + 1;
        if lines > FUNCTION {
            let says = format!(
                "fn {} has {lines} lines, {FUNCTION} is the end",
                signature.ident
            );
            self.found.push(self.source.breach(first, says));
        }
    }
}

impl<'ast> Visit<'ast> for Long<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.measure(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.measure(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.measure(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

#[test]
fn what_is_too_long_is_found() {
    let body = "let a = 1;\n".repeat(FUNCTION);
    let long = format!("impl A {{ fn b() {{\n{body}}} }}");
    assert_eq!(in_file(&Source::new("src/a.rs", &long)).len(), 1);

    let blank = "\n".repeat(FILE + 1);
    assert_eq!(in_file(&Source::new("src/a.rs", &blank)).len(), 1);
    assert_eq!(in_file(&Source::new("entity/src/a.rs", &blank)).len(), 1);
    assert!(in_file(&Source::new("tests/it/a.rs", &blank)).is_empty());
    assert_eq!(
        in_file(&Source::new("src/main.rs", &"\n".repeat(30))).len(),
        1
    );
}
