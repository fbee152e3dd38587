//! What a stock GraphQL layer gets wrong about safety, each as somebody would try it: requests that
//! a browser sends for a strange page, and documents that are small and cost the world.

use std::fmt::Write;
use std::time::Instant;

use serde_json::json;

use super::wire::{self, Got, Sent, get, operation, post};
use crate::both;
use crate::harness::Shop;

/// Moves the clock of the sandbox: anybody may, so only the door can be in the way.
const MUTATION: &str = "mutation { sandboxClockAdvance(input: { seconds: 60 }) { now } }";

/// Asks, and proves that not a row has changed.
async fn changes_nothing(shop: &Shop, ask: Sent) -> Got {
    let digest = shop.digest_sql().await;
    let before = shop.digest(&digest).await;
    let got = ask.to(shop).await;
    assert_eq!(shop.digest(&digest).await, before, "{ask:?}");
    got
}

/// `fragments` fragments, each of which spreads the next `spreads` times.
fn bomb(fragments: usize, spreads: usize) -> String {
    let mut text = String::from("{...f0}");
    for at in 0..fragments {
        let next = format!("...f{} ", at + 1).repeat(spreads);
        write!(text, "fragment f{at} on Query{{{next}}}").expect("text");
    }
    write!(text, "fragment f{fragments} on Query{{__typename}}").expect("text");
    text
}

both! {
    /// Point 1: 787 bytes that are a thousand million visits, under every disguise, two at once,
    /// while others are served.
    async fn bombs_of_fragments_are_refused_while_others_are_served(shop: Shop) {
        let bomb = bomb(9, 10);
        assert!(bomb.len() < 1_000, "{}", bomb.len());
        let named = bomb.replacen('{', "query Named {", 1);
        let beside = format!("query Small {{ __typename }} {named}");
        let unused = bomb.replacen("{...f0}", "{ __typename }", 1);
        let thirty = self::bomb(30, 2);
        let typename = operation("{ __typename }");
        for text in [&bomb, &named, &beside, &unused, &thirty] {
            let name = (text == &beside).then_some("Small");
            let body = json!({ "query": text, "operationName": name });
            let ask = wire::json(&body).new_media();
            let begun = Instant::now();
            let (one, two, small) = tokio::join!(ask.to(&shop), ask.to(&shop), typename.to(&shop));
            for got in [one, two] {
                assert_eq!(got.status, 400, "{text}");
                assert!(got.json().get("data").is_none(), "{text}");
            }
            assert_eq!(small.status, 200);
            // The bombs take minutes where they are visited.
            assert!(begun.elapsed().as_secs() < 20, "{text}");
        }
    }

    /// Point 2: a GET reads; a mutation by it is refused, named or not, under either media type.
    async fn a_get_never_mutates(shop: Shop) {
        let search = |query: &str| {
            let pairs = form_urlencoded::Serializer::new(String::new()).append_pair("query", query).finish();
            get(format!("/graphql?{pairs}"))
        };
        let named = MUTATION.replacen("mutation", "mutation Named", 1);
        let second = format!("query Reads {{ __typename }} {named}");
        for ask in [search(MUTATION), search(&named), search(&named).new_media()] {
            let got = changes_nothing(&shop, ask).await;
            assert_eq!((got.status, got.header("allow")), (405, Some("POST")));
            assert_eq!(got.refusal(), "BAD_REQUEST");
        }
        let pairs = form_urlencoded::Serializer::new(String::new())
            .append_pair("query", &second).append_pair("operationName", "Named").finish();
        let got = changes_nothing(&shop, get(format!("/graphql?{pairs}"))).await;
        assert_eq!(got.status, 405);
        let got = changes_nothing(&shop, search(MUTATION).by("HEAD")).await;
        assert_eq!(got.status, 405);
    }

    /// Point 2, too: what a browser sends for a strange page without asking us first.
    async fn a_form_post_runs_nothing(shop: Shop) {
        let body = json!({ "query": MUTATION }).to_string();
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("query", MUTATION).finish();
        let parts = format!("--x\r\ncontent-disposition: form-data; name=\"operations\"\r\n\r\n{body}\r\n--x--\r\n");
        for ask in [
            post(&body),
            post(&body).with("content-type", ""),
            post(&body).with("content-type", "text/plain"),
            post(&body).with("content-type", "text/plain; application/json"),
            post(&body).with("content-type", "application/x-www-form-urlencoded"),
            post(&form).with("content-type", "application/x-www-form-urlencoded"),
            post(&parts).with("content-type", "multipart/form-data; boundary=x"),
            post(&body).with("content-type", "application/graphql"),
            post(MUTATION).with("content-type", "application/graphql"),
            post(&body).with("content-type", "application/json; charset=utf-16"),
            post(&body).with("content-type", "application/json").with("content-encoding", "gzip"),
            post(&body).with("content-type", "application/json").with("content-type", "text/plain"),
        ] {
            let got = changes_nothing(&shop, ask.clone()).await;
            assert_eq!((got.status, got.refusal().as_str()), (415, "BAD_REQUEST"), "{ask:?}");
        }
    }

    /// Point 13: what every tool asks first is deeper than any operation may be.
    async fn the_question_of_every_tool_is_answered(shop: Shop) {
        let of_type = "ofType { kind name ".repeat(9) + &"}".repeat(9);
        let query = format!("query IntrospectionQuery {{ __schema {{
            queryType {{ name }} mutationType {{ name }} subscriptionType {{ name }}
            types {{ kind name description
                fields(includeDeprecated: true) {{ name args {{ name type {{ kind name {of_type} }} }}
                    type {{ kind name {of_type} }} isDeprecated }}
                inputFields {{ name type {{ kind name {of_type} }} defaultValue }}
                interfaces {{ kind name {of_type} }} enumValues {{ name }} possibleTypes {{ name }} }}
            directives {{ name locations args {{ name }} }} }} }}");
        let got = operation(&query).to(&shop).await;
        assert_eq!((got.status, got.json().get("errors")), (200, None));
        assert!(got.json()["data"]["__schema"]["types"].as_array().is_some_and(|all| all.len() > 50));
    }
}
