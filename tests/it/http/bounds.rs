//! How large a request may be, and how many at once.

use serde_json::json;

use super::wire::{Wire, get, json, operation, post};
use crate::both;

const TYPENAME: &str = "{ __typename }";

both! {
    /// Point 3: 50 MB that are promised are refused before a byte of them is read.
    async fn a_large_body_is_refused_when_it_is_promised(shop: Shop) {
        let ask = post("").with("content-type", "application/json");
        let mut wire = Wire::open(&shop).await;
        wire.send(ask.with("content-length", "50000000").head()).await;
        let got = wire.got().await.expect("an answer to the headers alone");
        assert_eq!((got.status, got.refusal().as_str()), (413, "LIMIT_EXCEEDED"));
        assert_eq!(got.header("connection"), Some("close"));
    }

    /// Point 3, too: 50 MB that come in pieces are cut, and the client still reads why.
    async fn a_large_body_is_refused_while_it_comes(shop: Shop) {
        let shop = shop.again(|setup| setup.bounds.body_bytes = 100_000).await;
        let ask = post("").with("content-type", "application/json");
        let mut wire = Wire::open(&shop).await;
        wire.send(ask.with("transfer-encoding", "chunked").head()).await;
        let piece = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
        for _ in 0..800 {
            if !wire.send(&piece).await {
                break;
            }
        }
        let got = wire.got().await.expect("an answer");
        assert_eq!((got.status, got.refusal().as_str()), (413, "LIMIT_EXCEEDED"));
    }

    /// Point 3, too: millions of tokens never come to the parser.
    async fn a_document_of_millions_of_tokens_is_refused(shop: Shop) {
        let tokens = |bytes: usize| format!("{{ {} }}", "a ".repeat(bytes / 2));
        let got = operation(&tokens(4_000_000)).new_media().to(&shop).await;
        assert_eq!((got.status, got.refusal().as_str()), (413, "LIMIT_EXCEEDED"));
        let got = operation(&tokens(900_000)).new_media().to(&shop).await;
        assert_eq!((got.status, got.refusal().as_str()), (400, "LIMIT_EXCEEDED"));
    }

    async fn a_notice_of_a_provider_has_the_same_bounds(shop: Shop) {
        let mut wire = Wire::open(&shop).await;
        wire.send("POST /webhooks/sandbox HTTP/1.1\r\nhost: shop\r\ncontent-length: 50000000\r\n\r\n").await;
        assert_eq!(wire.got().await.expect("an answer").status, 413);
    }

    /// An address or a header that is too long ends the connection with a status, not the server.
    async fn headers_are_bounded_too(shop: Shop) {
        let long = "x".repeat(200_000);
        for (ask, status) in [
            (get(format!("/graphql?query={long}")), 414),
            (get("/graphql?query={__typename}").with("x-long", long.clone()), 431),
        ] {
            let mut wire = Wire::open(&shop).await;
            wire.send(ask.head()).await;
            let got = wire.got().await.map(|got| got.status);
            assert!(got.is_none() || got == Some(status) || got == Some(431), "{got:?}");
        }
        assert_eq!(operation(TYPENAME).to(&shop).await.status, 200);
    }

    /// What runs at once is bounded; the rest waits for its turn and gets it.
    async fn more_than_may_run_at_once_wait_for_their_turn(shop: Shop) {
        let shop = shop.again(|setup| setup.bounds.running = 1).await;
        let ask = json(&json!({ "query": "{ products(first: 1) { totalCount } }" }));
        let asks = (0..20).map(|_| ask.to(&shop));
        for got in futures_util::future::join_all(asks).await {
            assert_eq!((got.status, got.json().get("errors")), (200, None));
        }
    }
}
