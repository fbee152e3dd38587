//! What we show others works: the documents of the example and of the playground fit the schema.

use std::path::{Path, PathBuf};

use rialto::kernel::permission::Role;
use serde_json::{Value, json};
use walkdir::WalkDir;

use crate::both;

const SHOWN: [&str; 2] = ["examples/queries", "playground/plain/operations"];

fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = SHOWN.iter().flat_map(|folder| {
        let entries = WalkDir::new(root.join(folder)).sort_by_file_name();
        let paths = entries
            .into_iter()
            .map(|entry| entry.expect("a file").into_path());
        paths.filter(|path| path.extension().is_some_and(|end| end == "graphql"))
    });
    files.collect()
}

/// Whether a document fits the schema: it runs, or all that it lacks are its inputs. A subscription that
/// fits is told that it does not come this way.
fn fits(answer: &Value) -> bool {
    let told = |error: &Value| error["message"].as_str().unwrap_or_default().to_owned();
    let wanting = |told: String| {
        told.starts_with("Subscriptions come over")
            || told.starts_with("Variable \"$") && told.ends_with("it is required.")
    };
    let errors = answer["errors"].as_array();
    let wants = errors.is_some_and(|errors| errors.iter().all(|error| wanting(told(error))));
    answer.get("data").is_some() || wants
}

both! {
    async fn every_document_that_is_shown_fits_the_schema(shop: Shop) {
        shop.opens_channel("eu").await;
        let admin = shop.staff(Role::Admin).await;
        let documents = documents();
        assert!(documents.len() > 20, "only {documents:?}");
        for path in documents {
            let document = std::fs::read_to_string(&path).expect("a document");
            // Inputs are left out, so that nothing is done.
            let given = json!({ "first": 1, "id": "none", "by": { "number": "R1" } });
            let answer = shop.ask(&admin, &document, given).await;
            let fits = fits(&answer.body);
            assert!(fits, "{}: {}", path.display(), answer.body);
        }
    }

    async fn a_document_with_an_unknown_field_would_be_found(shop: Shop) {
        shop.opens_channel("eu").await;
        let admin = shop.staff(Role::Admin).await;
        for document in [
            "{ me { nobody } }",
            "mutation($input: CartCreateInput!) { cartCreate(input: $input) { nobody } }",
            "mutation($input: NoInput!) { cartCreate(input: $input) { cart { id } } }",
        ] {
            let answer = shop.ask(&admin, document, json!({})).await;
            assert!(!fits(&answer.body), "{document}: {}", answer.body);
        }
    }
}
