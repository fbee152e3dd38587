//! What stands in the headers of every answer.

use super::wire::{get, operation};
use crate::both;

const SCHEMA: &str = "{ __schema { types { name description } } }";

both! {
    async fn a_request_has_an_id_and_a_well_formed_one_is_taken_over(shop: Shop) {
        let ask = operation("{ __typename }");
        let given = ask.clone().with("x-request-id", "web-0123456789").to(&shop).await;
        assert_eq!(given.header("x-request-id"), Some("web-0123456789"));
        let mut made = Vec::new();
        for bad in ["short", "with space 123", "\u{22}quoted0123\u{22}", &"x".repeat(101)] {
            let got = ask.clone().with("x-request-id", bad).to(&shop).await;
            made.push(got.header("x-request-id").expect("an id").to_owned());
        }
        for ask in [get("/healthz"), get("/no/such/address"), get("/graphql"), ask] {
            let got = ask.to(&shop).await;
            made.push(got.header("x-request-id").expect("an id").to_owned());
        }
        assert!(made.iter().all(|id| id.len() == 25), "{made:?}");
        made.sort();
        made.dedup();
        assert_eq!(made.len(), 8, "every request has another");
    }

    async fn the_answer_says_how_long_it_took_and_is_kept_by_nobody(shop: Shop) {
        for ask in [operation("{ me { role } }"), operation("{"), get("/graphql")] {
            let got = ask.to(&shop).await;
            let timing = got.header("server-timing").expect("timing");
            let total = timing.strip_prefix("total;dur=").and_then(|rest| rest.split(',').next());
            let total: f64 = total.and_then(|text| text.parse().ok()).expect("milliseconds");
            assert!(total >= 0.0 && timing.ends_with(" statements\""), "{timing}");
            assert_eq!(got.header("cache-control"), Some("no-store"));
            assert_eq!(got.header("x-content-type-options"), Some("nosniff"));
            let vary = got.all("vary");
            assert!(vary.contains("accept") && vary.contains("x-channel"), "{vary}");
        }
    }

    async fn a_large_answer_is_compressed_for_who_asks_for_it(shop: Shop) {
        let plain = operation(SCHEMA).to(&shop).await;
        assert_eq!(plain.header("content-encoding"), None);
        for (accept, coding, start) in [
            ("gzip", "gzip", Some([0x1f, 0x8b].as_slice())),
            ("br", "br", None),
            ("gzip, br;q=0.5", "gzip", Some(&[0x1f, 0x8b])),
        ] {
            let got = operation(SCHEMA).with("accept-encoding", accept).to(&shop).await;
            assert_eq!((got.status, got.header("content-encoding")), (200, Some(coding)));
            assert!(got.body.len() * 3 < plain.body.len(), "{accept}: {}", got.body.len());
            assert!(start.is_none_or(|start| got.body.starts_with(start)), "{accept}");
        }
        let small = operation("{ __typename }").with("accept-encoding", "gzip, br").to(&shop).await;
        assert_eq!(small.header("content-encoding"), None);
        assert_eq!(small.json()["data"]["__typename"], "Query");
    }
}
