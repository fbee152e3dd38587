//! Connections: how many, how long they may rest, how they end.

use std::time::Duration;

use super::wire::{FOREVER, Wire, operation, post};
use crate::both;
use crate::harness::Shop;

const TYPENAME: &str = "{ __typename }";
const SHORT: Duration = Duration::from_millis(300);

/// Asks on a connection of its own, and is served.
async fn is_served(shop: &Shop) {
    assert_eq!(operation(TYPENAME).to(shop).await.status, 200);
}

both! {
    /// Point 7: headers that never end.
    async fn slow_headers_are_cut_while_others_are_served(shop: Shop) {
        let shop = shop.again(|setup| setup.bounds.headers = SHORT).await;
        let mut slow = Vec::new();
        for _ in 0..300 {
            let mut wire = Wire::open(&shop).await;
            wire.send("POST /graphql HTTP/1.1\r\nhost: sh").await;
            slow.push(wire);
        }
        is_served(&shop).await;
        for wire in &mut slow {
            assert!(wire.closes_silently().await);
        }
        is_served(&shop).await;
    }

    /// Point 7, too: sockets that say nothing at all, as many as may be open. Others wait until the
    /// first of them are cut, and are served then.
    async fn silent_sockets_are_cut_and_make_room(shop: Shop) {
        let shop = shop.again(|setup| {
            setup.bounds.headers = SHORT;
            setup.bounds.connections = 50;
        }).await;
        let mut silent = Vec::new();
        for _ in 0..200 {
            silent.push(Wire::open(&shop).await);
        }
        is_served(&shop).await;
        for wire in &mut silent {
            assert!(wire.closes_silently().await);
        }
    }

    /// Point 7, too: bodies that never end.
    async fn slow_bodies_are_cut_while_others_are_served(shop: Shop) {
        let shop = shop.again(|setup| setup.bounds.body = SHORT).await;
        let ask = post("").with("content-type", "application/json").with("content-length", "1000");
        let mut slow = Vec::new();
        for _ in 0..200 {
            let mut wire = Wire::open(&shop).await;
            wire.send(ask.head() + "{\"query\":").await;
            slow.push(wire);
        }
        is_served(&shop).await;
        for wire in &mut slow {
            let got = wire.got().await.expect("an answer");
            assert_eq!((got.status, got.refusal().as_str()), (408, "TIMEOUT"));
            assert_eq!(got.header("connection"), Some("close"));
            assert!(wire.closes_silently().await);
        }
        is_served(&shop).await;
    }

    async fn a_connection_is_kept_and_cut_when_it_rests_too_long(shop: Shop) {
        let shop = shop.again(|setup| setup.bounds.idle = Duration::from_secs(2)).await;
        let mut wire = Wire::open(&shop).await;
        for _ in 0..3 {
            assert_eq!(wire.ask(&operation(TYPENAME)).await.status, 200);
        }
        assert!(wire.closes_silently().await);
    }

    /// Told to stop, the server takes nobody new, ends who rests, and lets finish who has begun.
    async fn running_requests_finish_when_the_server_stops(shop: Shop) {
        let mut resting = Wire::open(&shop).await;
        assert_eq!(resting.ask(&operation(TYPENAME)).await.status, 200);
        let mut running = Wire::open(&shop).await;
        let body = r#"{"query":"{ __typename }"}"#;
        let ask = post("").with("content-type", "application/json")
            .with("content-length", body.len().to_string()).with("expect", "100-continue");
        running.send(ask.head()).await;
        assert_eq!(running.got().await.map(|got| got.status), Some(100), "the body is waited for");
        shop.stop.cancel();
        assert!(resting.closes_silently().await);
        let begun = std::time::Instant::now();
        while Wire::try_open(&shop).await.is_some() {
            assert!(begun.elapsed() < FOREVER, "somebody still listens");
            tokio::task::yield_now().await;
        }
        running.send(body).await;
        let got = running.got().await.expect("an answer");
        assert_eq!((got.status, got.json()["data"]["__typename"].as_str()), (200, Some("Query")));
        assert!(running.closes_silently().await);
    }

    async fn what_does_not_finish_is_cut_when_the_server_stops(shop: Shop) {
        let shop = shop.again(|setup| setup.bounds.stop = SHORT).await;
        let mut running = Wire::open(&shop).await;
        let ask = post("").with("content-type", "application/json")
            .with("content-length", "1000").with("expect", "100-continue");
        running.send(ask.head()).await;
        assert_eq!(running.got().await.map(|got| got.status), Some(100));
        shop.stop.cancel();
        assert!(running.closes_silently().await);
    }
}
