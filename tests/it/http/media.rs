//! Media types and status codes, by the working draft of GraphQL over HTTP. (The audits of the
//! `graphql-http` package ask for more of the same.)

use serde_json::{Value, json};

use super::wire::{self, Sent, get, operation, post};
use crate::both;

const NEW: &str = "application/graphql-response+json; charset=utf-8";
const OLD: &str = "application/json; charset=utf-8";
const TYPENAME: &str = "{ __typename }";

/// Documents and variables of which nothing can run.
fn nothing_runs() -> Vec<Value> {
    vec![
        json!({ "query": "{" }),
        json!({ "query": "" }),
        json!({ "query": "{ noSuchField }" }),
        json!({ "query": "query A { __typename } query B { __typename }" }),
        json!({ "query": "query A { __typename }", "operationName": "C" }),
        json!({ "query": TYPENAME, "operationName": "A" }),
        json!({ "query": "query A($id: ID!) { __typename }" }),
        json!({ "query": "query A($id: ID!) { node(id: $id) { id } }", "variables": { "id": null } }),
        json!({ "query": "query A($n: Int!) { products(first: $n) { nodes { id } } }",
            "variables": { "n": "three" } }),
        json!({ "query": "subscription { __typename }" }),
    ]
}

both! {
    /// Point 8: who asks for nothing in particular gets what every client knows.
    async fn the_answer_has_the_media_type_that_was_asked_for(shop: Shop) {
        let ask = operation(TYPENAME);
        assert_eq!(ask.to(&shop).await.header("content-type"), Some(OLD));
        for (accept, media) in [
            ("*/*", OLD),
            ("application/*", OLD),
            ("application/json", OLD),
            ("application/graphql-response+json", NEW),
            ("application/graphql-response+json, application/json;q=0.9", NEW),
            ("application/graphql-response+json;q=0.1, application/json;q=0.9", OLD),
        ] {
            let got = ask.clone().with("accept", accept).to(&shop).await;
            assert_eq!((got.status, got.header("content-type")), (200, Some(media)), "{accept}");
            assert_eq!(got.json()["data"], json!({ "__typename": "Query" }));
        }
        let twice = ask.with("accept", "text/html").with("accept", "application/json;q=0.1");
        assert_eq!(twice.to(&shop).await.status, 200);
    }

    /// Point 8, too: an answer that nobody wants is not made.
    async fn a_media_type_of_somebody_else_is_not_acceptable(shop: Shop) {
        for accept in ["text/html", "application/xml", "application/json;q=0"] {
            for ask in [operation(TYPENAME), get("/graphql?query={__typename}")] {
                let got = ask.with("accept", accept).to(&shop).await;
                assert_eq!((got.status, got.header("content-type")), (406, Some(OLD)), "{accept}");
                assert_eq!(got.refusal(), "BAD_REQUEST");
            }
        }
    }

    /// Point 9: syntax, validation, operation name and variables.
    async fn what_did_not_run_has_no_data_and_the_status_says_so(shop: Shop) {
        for body in nothing_runs() {
            let got = wire::json(&body).new_media().to(&shop).await;
            assert_eq!((got.status, got.header("content-type")), (400, Some(NEW)), "{body}");
            let codes = errors_without_data(&got.json());
            assert!(codes.iter().all(|code| code == "BAD_REQUEST"), "{body}: {codes:?}");
            let old = wire::json(&body).to(&shop).await;
            assert_eq!(old.status, 200, "{body}");
            assert_eq!(old.body, got.body, "{body}");
        }
        let failed = operation("{ node(id: \"nonsense\") { id } }").new_media().to(&shop).await;
        assert_eq!(failed.status, 200, "a field failed, so the operation ran");
        assert!(failed.json().get("data").is_some());
    }

    /// Point 9, too: what is no well-formed request is 400 under either media type.
    async fn a_request_that_is_not_well_formed_is_refused(shop: Shop) {
        let bodies: Vec<Vec<u8>> = vec![
            b"".to_vec(),
            b"{ \"not a JSON".to_vec(),
            b"null".to_vec(),
            b"{}".to_vec(),
            br#"{"qeury":"{ __typename }"}"#.to_vec(),
            br#"{"query":null}"#.to_vec(),
            br#"{"query":7}"#.to_vec(),
            br#"{"query":{"ob":"ject"}}"#.to_vec(),
            br#"{"query":["{ __typename }"]}"#.to_vec(),
            br#"{"query":"{ __typename }","operationName":0}"#.to_vec(),
            br#"{"query":"{ __typename }","variables":[1]}"#.to_vec(),
            br#"{"query":"{ __typename }","variables":"{}"}"#.to_vec(),
            br#"{"query":"{ __typename }","extensions":false}"#.to_vec(),
            br#"{"query":"{ __typename }","query":"{ __typename }"}"#.to_vec(),
            b"{\"query\":\"{ __typename } # \xff\xfe\"}".to_vec(),
            br#"{"query":"\ud800"}"#.to_vec(),
            [b"{\"variables\":".as_slice(), &b"[".repeat(100_000)].concat(),
        ];
        for body in bodies {
            let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
            let ask = post(body).with("content-type", "application/json");
            for (ask, media) in [(ask.clone(), OLD), (ask.new_media(), NEW)] {
                let got = ask.to(&shop).await;
                assert_eq!((got.status, got.header("content-type")), (400, Some(media)), "{shown}");
                assert_eq!(got.refusal(), "BAD_REQUEST", "{shown}");
            }
        }
    }

    async fn null_parameters_were_left_out(shop: Shop) {
        let body = json!({ "query": TYPENAME, "operationName": null, "variables": null,
            "extensions": null, "something": "else" });
        let got = wire::json(&body).to(&shop).await;
        assert_eq!((got.status, got.json().get("errors")), (200, None));
        let got = get("/graphql?query={__typename}&operationName=&variables=&extensions=").to(&shop).await;
        assert_eq!((got.status, got.json().get("errors")), (200, None));
    }

    async fn a_batch_is_refused_as_such(shop: Shop) {
        let batch = json!([{ "query": TYPENAME }, { "query": TYPENAME }]);
        let got = wire::json(&batch).to(&shop).await;
        assert_eq!((got.status, got.refusal().as_str()), (400, "BAD_REQUEST"));
        let message = got.json()["errors"][0]["message"].to_string();
        assert!(message.contains("Batches"), "{message}");
    }

    async fn other_methods_are_told_which_there_are(shop: Shop) {
        for method in ["PUT", "PATCH", "DELETE", "OPTIONS"] {
            let got = operation(TYPENAME).by(method).to(&shop).await;
            assert_eq!((got.status, got.header("allow")), (405, Some("GET, HEAD, POST")), "{method}");
            assert_eq!(got.refusal(), "BAD_REQUEST", "{method}");
        }
        let got = get("/graphql?query={__typename}").by("HEAD").to(&shop).await;
        assert_eq!((got.status, got.body.len()), (200, 0));
    }

    async fn a_get_brings_its_parameters_in_the_query_string(shop: Shop) {
        let ask = |search: &str| get(format!("/graphql?{search}"));
        let named = "query=query+A($t:String!)%7B__type(name:$t)%7Bname%7D%7D+query+B%7Bx:__typename%7D";
        let got = ask(&format!("{named}&operationName=A&variables=%7B%22t%22:%22Query%22%7D"));
        let got = got.to(&shop).await;
        assert_eq!(got.json()["data"], json!({ "__type": { "name": "Query" } }));
        for bad in ["", "query=", "query=%7B__typename%7D&query=%7B__typename%7D",
            "query=%7B__typename%7D&variables=%7B", "query=%7B__typename%7D&variables=7",
            "query=%7B__typename%7D&extensions=%5B%5D", "query=%7B__typename%7D%23%ff"] {
            let got = ask(bad).to(&shop).await;
            assert_eq!((got.status, got.refusal().as_str()), (400, "BAD_REQUEST"), "{bad}");
        }
    }

    async fn who_one_is_not_is_401_for_those_who_look_at_the_status(shop: Shop) {
        let ask: Sent = operation(TYPENAME).with("authorization", "Bearer nonsense");
        let got = ask.clone().new_media().to(&shop).await;
        assert_eq!((got.status, got.header("www-authenticate")), (401, Some("Bearer")));
        assert_eq!(got.refusal(), "UNAUTHENTICATED");
        let old = ask.to(&shop).await;
        assert_eq!((old.status, old.refusal().as_str()), (200, "UNAUTHENTICATED"));
    }
}

/// The codes of the errors of an answer that has nothing else.
fn errors_without_data(answer: &Value) -> Vec<String> {
    assert!(answer.get("data").is_none(), "{answer}");
    let errors = answer["errors"].as_array().expect("errors");
    assert!(!errors.is_empty(), "{answer}");
    for place in errors.iter().filter_map(|error| error.get("locations")) {
        let lines = place.as_array().expect("a list");
        assert!(
            lines.iter().all(|one| one["line"].as_u64() >= Some(1)),
            "{answer}"
        );
    }
    let code = |error: &Value| {
        error["extensions"]["code"]
            .as_str()
            .unwrap_or("?")
            .to_owned()
    };
    errors.iter().map(code).collect()
}
