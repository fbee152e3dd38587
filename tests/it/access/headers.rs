//! What the headers of a request say about who asks.

use reqwest::RequestBuilder;
use serde_json::{Value, json};

use crate::both;
use crate::harness::Shop;
use rialto::kernel::permission::Role;

fn me(shop: &Shop) -> RequestBuilder {
    let body = json!({ "query": "{ me { role } }" });
    reqwest::Client::new()
        .post(format!("{}/graphql", shop.url))
        .json(&body)
}

/// The request's id as it was answered, and as the logs and the history name it.
async fn request_id(request: RequestBuilder) -> String {
    let response = request.send().await.expect("an answer");
    let id = &response.headers()["x-request-id"];
    id.to_str().expect("text").to_owned()
}

both! {
    async fn a_request_id_is_taken_if_it_is_a_name_and_made_otherwise(shop: Shop) {
        let given = me(&shop).header("x-request-id", "checkout-0001_a");
        assert_eq!(request_id(given).await, "checkout-0001_a");
        let mut made = Vec::new();
        for bad in ["short", "with spaces in it", "<script>alert(1)</script>", &"x".repeat(101)] {
            made.push(request_id(me(&shop).header("x-request-id", bad)).await);
        }
        made.push(request_id(me(&shop)).await);
        assert!(made.iter().all(|id| id.len() >= 25 && id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')));
        made.sort();
        made.dedup();
        assert_eq!(made.len(), 5);
    }

    async fn the_request_id_stands_in_the_history(shop: Shop) {
        shop.signs_up("ann").await;
        let query = "mutation { signIn(input: { email: \"ann@example.com\", password: \"correct horse battery\" }) {
            errors { code } } }";
        let request = me(&shop).json(&json!({ "query": query })).header("x-request-id", "sign-in-of-ann");
        request.send().await.expect("an answer");
        let rows = shop.dump().await;
        let found = rows.iter().any(|(table, row)| table == "audit_entries" && row.contains("sign-in-of-ann"));
        assert!(found);
    }

    async fn two_tokens_are_one_too_many(shop: Shop) {
        let answer = me(&shop).header("authorization", "Bearer a").header("authorization", "Bearer b");
        let answer: Value = answer.send().await.expect("an answer").json().await.expect("JSON");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }

    async fn a_client_of_the_new_media_type_gets_401_for_a_bad_token(shop: Shop) {
        let media = "application/graphql-response+json";
        let request = me(&shop).header("accept", media).header("authorization", "Bearer x");
        assert_eq!(request.send().await.expect("an answer").status(), 401);
        let who = shop.staff(Role::Finance).await;
        let answer = shop.ask(&who, "{ me { role } }", json!({})).await.ok();
        assert_eq!((answer.status, answer.text("me.role").as_str()), (200, "FINANCE"));
    }
}
