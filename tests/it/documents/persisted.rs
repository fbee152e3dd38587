//! Documents by their hash: automatic persisted queries, and documents that a shop trusts.

use std::sync::Arc;

use rialto::graphql::Trusted;
use rialto::kernel::secret::sha256_hex;
use serde_json::{Value, json};

use crate::both;
use crate::harness::Shop;

const QUERY: &str = "query Shop($code: String!) { channel(by: { code: $code }) { code } }";

async fn sends(shop: &Shop, body: Value) -> Value {
    let client = reqwest::Client::new();
    let request = client.post(format!("{}/graphql", shop.url)).json(&body);
    request.send().await.unwrap().json().await.unwrap()
}

fn by_hash(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or_default()
}

both! {
    async fn a_document_is_known_by_its_hash_once_it_was_sent(shop: Shop) {
        shop.opens_channel("eu").await;
        let hash = sha256_hex(QUERY.as_bytes());
        let variables = json!({ "code": "eu" });
        let short = json!({ "extensions": by_hash(&hash), "variables": variables });
        let unknown = sends(&shop, short.clone()).await;
        assert_eq!(code(&unknown), "PERSISTED_QUERY_NOT_FOUND");
        assert_eq!(unknown["errors"][0]["message"], "PersistedQueryNotFound");
        assert_eq!(unknown.get("data"), None);
        let mut whole = short.clone();
        whole["query"] = json!(QUERY);
        assert_eq!(sends(&shop, whole).await["data"]["channel"]["code"], "eu");
        assert_eq!(sends(&shop, short).await["data"]["channel"]["code"], "eu");
        let client = reqwest::Client::new();
        let search = [
            ("extensions", by_hash(&hash).to_string()),
            ("variables", variables.to_string()),
        ];
        let url = format!("{}/graphql", shop.url);
        let request = client.get(url).query(&search);
        let got: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(got["data"]["channel"]["code"], "eu");
    }

    async fn a_hash_of_something_else_is_refused_and_teaches_nothing(shop: Shop) {
        shop.opens_channel("eu").await;
        let hash = sha256_hex(b"{ channel { id } }");
        let wrong = json!({ "query": QUERY, "extensions": by_hash(&hash) });
        assert_eq!(code(&sends(&shop, wrong).await), "PERSISTED_QUERY_MISMATCH");
        let after = sends(&shop, json!({ "extensions": by_hash(&hash) })).await;
        assert_eq!(code(&after), "PERSISTED_QUERY_NOT_FOUND");
        for odd in [json!({ "version": 2, "sha256Hash": hash }), json!({ "version": 1 }), json!(7)] {
            let body = json!({ "query": QUERY, "extensions": { "persistedQuery": odd } });
            assert_eq!(code(&sends(&shop, body).await), "BAD_REQUEST");
        }
    }

    async fn what_is_no_document_is_not_kept(shop: Shop) {
        let text = "{ channel";
        let extensions = by_hash(&sha256_hex(text.as_bytes()));
        let body = json!({ "query": text, "extensions": extensions });
        assert_eq!(code(&sends(&shop, body).await), "BAD_REQUEST");
        let after = sends(&shop, json!({ "extensions": extensions })).await;
        assert_eq!(code(&after), "PERSISTED_QUERY_NOT_FOUND");
    }

    async fn only_trusted_documents_run_where_they_are_named(shop: Shop) {
        shop.opens_channel("eu").await;
        let manifest = json!({ "format": "apollo-persisted-query-manifest", "version": 1,
            "operations": [{ "id": "shop-1", "name": "Shop", "type": "query", "body": QUERY }] });
        let files = [("manifest.json".to_owned(), manifest.to_string())];
        let trusted = Arc::new(Trusted::read(&files).unwrap());
        let strict = shop.again(|setup| setup.graph.trusted = Some(trusted)).await;
        let variables = json!({ "code": "eu" });
        let hash = sha256_hex(QUERY.as_bytes());
        for good in [
            json!({ "documentId": "shop-1", "variables": variables }),
            json!({ "documentId": format!("sha256:{hash}"), "variables": variables }),
            json!({ "extensions": by_hash(&hash), "variables": variables }),
            json!({ "query": QUERY, "variables": variables }),
        ] {
            let answer = sends(&strict, good).await;
            assert_eq!(answer["data"]["channel"]["code"], "eu", "{answer}");
        }
        let other = "{ channel { id } }";
        let refused = sends(&strict, json!({ "query": other })).await;
        assert_eq!(code(&refused), "DOCUMENT_NOT_TRUSTED");
        assert_eq!(refused.get("data"), None);
        let hash = sha256_hex(other.as_bytes());
        let taught = json!({ "query": other, "extensions": by_hash(&hash) });
        assert_eq!(code(&sends(&strict, taught).await), "DOCUMENT_NOT_TRUSTED");
        let by_hash = sends(&strict, json!({ "extensions": by_hash(&hash) })).await;
        assert_eq!(code(&by_hash), "PERSISTED_QUERY_NOT_FOUND");
    }

    async fn a_named_mutation_is_not_run_by_get(shop: Shop) {
        let query = "mutation Sneaky { sandboxClockAdvance(input: { seconds: 60 }) { errors { code } } }";
        let client = reqwest::Client::new();
        let request = client.get(format!("{}/graphql", shop.url)).query(&[("query", query)]);
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), 405);
    }
}
