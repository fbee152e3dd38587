//! What is given again, and to whom.

use std::collections::BTreeSet;
use std::io::Read;

use flate2::read::GzDecoder;
use futures_util::future::join_all;
use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use super::PAGE;
use crate::both;
use crate::harness::till::Till;
use crate::harness::{Shop, Who};

both! {
    async fn an_answer_is_given_again_without_a_statement(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 3).await;
        let first = shop.ask(&Who::guest(), PAGE, json!({})).await.ok();
        let again = shop.kept(&Who::guest(), PAGE, &json!({})).await;
        assert_eq!(again.body, first.body);
        assert_eq!(again.statements, Some(0));
        // Somebody with a cart asks the same of the shelves.
        let buyer = Who::guest().cart("cart_of_somebody");
        let theirs = shop.kept(&buyer, PAGE, &json!({})).await;
        assert_eq!(theirs.body, first.body);
    }

    async fn what_was_asked_otherwise_is_another_answer(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 3).await;
        till.sells(&shop, "tea", 3_00, 3).await;
        let guest = Who::guest();
        let euros = shop.kept(&guest, PAGE, &json!({})).await;
        assert_eq!(euros.text("products.nodes.0.priceRange.min.currency"), "EUR");
        let dollars = shop.ask(&guest.channel("us"), PAGE, json!({})).await.ok();
        assert_eq!(dollars.text("products.nodes.0.priceRange.min.currency"), "USD");
        let one = shop.ask(&guest, PAGE, json!({ "first": 1 })).await.ok();
        assert_eq!(one.at("products.nodes").as_array().map(Vec::len), Some(1));
        let french = guest.with("accept-language", "fr");
        let french = shop.ask(&french, PAGE, json!({})).await.ok();
        assert_eq!(french.body["extensions"]["context"]["language"], "fr");
        let two = "query A { channel { code } } query B { channel { currency } }";
        for (operation, field) in [("A", "code"), ("B", "currency"), ("A", "code")] {
            let body = json!({ "query": two, "operationName": operation });
            let answer = posts(&shop, &body).await;
            assert!(answer["data"]["channel"][field].is_string(), "{answer}");
        }
    }

    async fn staff_are_always_answered_afresh(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 3).await;
        let staff = shop.staff(Role::Merchandiser).await;
        shop.kept(&Who::guest(), PAGE, &json!({})).await;
        for _ in 0..3 {
            let answer = shop.ask(&staff, PAGE, json!({})).await.ok();
            assert!(!answer.again && answer.statements > Some(0));
        }
    }

    async fn of_many_who_ask_at_once_one_is_answered(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 3).await;
        shop.kept(&Who::guest(), PAGE, &json!({})).await;
        // Where the relay is late, each is answered by itself: then it is tried again.
        for first in 1..100 {
            let (guest, variables) = (Who::guest(), json!({ "first": first }));
            let asks = (0..20).map(|_| shop.ask(&guest, PAGE, variables.clone()));
            let answers = join_all(asks).await;
            let bodies: BTreeSet<_> = answers.iter().map(|one| one.body.to_string()).collect();
            assert_eq!(bodies.len(), 1);
            if answers.iter().filter(|one| !one.again).count() == 1 {
                return;
            }
        }
        panic!("each of them was answered by itself");
    }

    async fn nothing_is_kept_where_there_is_no_room(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 3).await;
        let small = shop.again(|setup| setup.graph.answers_bytes = 0).await;
        shop.kept(&Who::guest(), PAGE, &json!({})).await;
        for _ in 0..3 {
            let answer = small.ask(&Who::guest(), PAGE, json!({})).await.ok();
            assert!(!answer.again && answer.statements > Some(0));
        }
    }

    async fn what_is_given_again_is_packed_once_for_who_takes_it_packed(shop: Shop) {
        let till = Till::open(&shop).await;
        for name in ["mug", "tea", "pot", "jar", "cup"] {
            till.sells(&shop, name, 12_50, 3).await;
        }
        let plain = shop.kept(&Who::guest(), PAGE, &json!({})).await;
        for (accept, coding) in [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("deflate", "")] {
            let request = reqwest::Client::new().post(format!("{}/graphql", shop.url));
            let request = request.header("accept-encoding", accept);
            let request = request.json(&json!({ "query": PAGE, "variables": {} }));
            loop {
                let answer = request.try_clone().expect("a request").send().await.expect("sent");
                let headers = answer.headers().clone();
                let text = |name: &str| {
                    let all = headers.get_all(name).iter().filter_map(|one| one.to_str().ok());
                    all.collect::<Vec<_>>().join(", ")
                };
                assert_eq!(text("content-encoding"), coding);
                assert!(text("vary").contains("accept-encoding"));
                let bytes = answer.bytes().await.expect("a body");
                assert_eq!(unpacked(coding, &bytes), plain.body);
                if text("server-timing").contains("hit") {
                    break;
                }
            }
        }
    }

    async fn caches_elsewhere_ask_whether_it_is_still_the_same(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 3).await;
        let query = "{ products { nodes { title } } }";
        shop.kept(&Who::guest(), query, &json!({})).await;
        let client = reqwest::Client::new();
        let get = |tag: Option<String>| {
            let request = client.get(format!("{}/graphql", shop.url)).query(&[("query", query)]);
            match tag {
                Some(tag) => request.header("if-none-match", tag).send(),
                None => request.send(),
            }
        };
        let tag = loop {
            let answer = get(None).await.expect("an answer");
            assert_eq!(answer.status().as_u16(), 200);
            if let Some(tag) = answer.headers().get("etag") {
                assert_eq!(answer.headers()["cache-control"], "no-cache");
                break tag.to_str().expect("text").to_owned();
            }
        };
        loop {
            let same = get(Some(format!("\"other\", {tag}"))).await.expect("an answer");
            if same.status().as_u16() == 304 {
                assert_eq!(same.headers()["etag"], tag.as_str());
                assert_eq!(same.bytes().await.expect("nothing").len(), 0);
                break;
            }
        }
        till.sells(&shop, "tea", 3_00, 3).await;
        let other = get(Some(tag)).await.expect("an answer");
        assert_eq!(other.status().as_u16(), 200);
        assert!(other.text().await.expect("a body").contains("tea"));
    }
}

fn unpacked(coding: &str, bytes: &[u8]) -> Value {
    let mut text = String::new();
    let read = match coding {
        "br" => brotli::Decompressor::new(bytes, 4_096).read_to_string(&mut text),
        "gzip" => GzDecoder::new(bytes).read_to_string(&mut text),
        _ => { bytes }.read_to_string(&mut text),
    };
    read.expect("as it was packed");
    serde_json::from_str(&text).expect("JSON")
}

async fn posts(shop: &Shop, body: &Value) -> Value {
    let client = reqwest::Client::new();
    let request = client.post(format!("{}/graphql", shop.url)).json(body);
    request
        .send()
        .await
        .expect("sent")
        .json()
        .await
        .expect("JSON")
}
