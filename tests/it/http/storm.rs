//! Many who come and say nothing: so many are let in, the next are told, and all others are served.

use std::time::Duration;

use serde_json::json;

use super::wire::operation;
use crate::both;
use crate::subscription::socket::{NEW, Said, Socket};
use crate::subscription::until;

/// Sockets that may be open.
const MOST: usize = 32;

both! {
    async fn a_storm_of_silent_sockets_is_bounded_and_passes(shop: Shop) {
        shop.opens_channel("eu").await;
        let shop = shop.again(|setup| {
            setup.lives.most = MOST;
            setup.lives.init = Duration::from_secs(2);
        }).await;
        let seats = shop.app.front.live.seats.clone();
        let mut silent = Vec::new();
        while silent.len() < MOST {
            silent.push(Socket::offering(&shop, NEW).await);
        }
        // Those that come now are told to come again, for as long as all of them are open.
        for _ in 0..8 {
            let refused = Socket::opening(&shop, NEW, &[]).await.err();
            assert!(refused == Some(503) || seats.available_permits() > 0, "{refused:?}");
            let got = operation("{ channels(first: 1) { nodes { code } } }").to(&shop).await;
            assert_eq!(got.json()["data"]["channels"]["nodes"], json!([{ "code": "eu" }]));
        }
        let why = "Connection initialisation timeout".to_owned();
        for socket in &mut silent {
            assert_eq!(socket.hears().await, Said::Closed(4408, why.clone()));
        }
        drop(silent);
        until(|| seats.available_permits() == MOST).await;
        let mut socket = Socket::of(&shop, &crate::harness::Who::guest()).await;
        socket.asks("q", "{ __typename }", json!({})).await;
        assert_eq!(socket.data("q").await, json!({ "__typename": "Query" }));
    }
}
