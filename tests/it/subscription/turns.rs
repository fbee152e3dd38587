//! What is asked over a socket or as an event stream has the bounds and the guard of any request.

use std::time::Duration;

use chrono::TimeDelta;
use entity::accounts::Role;
use serde_json::json;

use super::socket::Socket;
use super::stream::Events;
use super::{CART_TICKS, cart};
use crate::both;
use crate::harness::Who;
use crate::harness::people::PASSWORD;

const STREAM: &str = "text/event-stream";
const CHANNELS: &str = "{ channels(first: 1) { nodes { code } } }";
const CREATE: &str = "mutation { cartCreate(input: {}) { cart { state } errors { code } } }";

both! {
    async fn what_is_asked_over_a_socket_waits_for_its_turn(shop: Shop) {
        let cart = cart(&shop).await;
        // A process that is so busy that it is nobody's turn.
        let busy = shop.again(|setup| {
            setup.bounds.running = 0;
            setup.bounds.request = Duration::from_millis(200);
        }).await;
        let carts = shop.count("carts").await;
        let asked = busy.ask(&Who::guest(), CHANNELS, json!({})).await;
        assert_eq!(asked.fault(), Some("TIMEOUT"));
        for query in [CHANNELS, CREATE, CART_TICKS] {
            let mut socket = Socket::of(&busy, &cart.who).await;
            socket.asks("1", query, json!({ "id": cart.id })).await;
            assert_eq!(socket.fault("1").await, "TIMEOUT", "{query}");
            let variables = json!({ "id": cart.id });
            let mut events = Events::posted(&busy, &cart.who, STREAM, query, variables).await;
            let answer = events.answer().await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], "TIMEOUT", "{answer}");
            assert_eq!(answer["errors"][0]["extensions"]["retryable"], true, "{answer}");
            events.completes().await;
        }
        assert_eq!(shop.count("carts").await, carts, "whose turn it was not has done nothing");
    }

    async fn what_stays_open_keeps_nobody_from_their_turn(shop: Shop) {
        let shop = shop.again(|setup| setup.bounds.running = 1).await;
        let cart = cart(&shop).await;
        let mut sockets = Vec::new();
        for _ in 0..5 {
            let mut socket = Socket::of(&shop, &cart.who).await;
            socket.asks("c", CART_TICKS, json!({ "id": cart.id })).await;
            assert_eq!(socket.data("c").await["cartUpdated"]["version"], 1);
            sockets.push(socket);
        }
        let email = json!({ "email": "ada@example.com" });
        cart.does(&shop, "cartContactSet", email).await.ok();
        for socket in &mut sockets {
            assert_eq!(socket.data("c").await["cartUpdated"]["version"], 2);
            socket.asks("q", CHANNELS, json!({})).await;
        }
        for socket in &mut sockets {
            assert_eq!(socket.data("q").await["channels"]["nodes"], json!([{ "code": "eu" }]));
        }
    }

    async fn a_panic_is_masked_and_the_socket_lives(shop: Shop) {
        shop.hires("sam@shop.example", Role::Support).await;
        // Tokens beyond the end of time: giving one out is more than the calendar takes.
        let shop = shop.again(|setup| setup.access.lifetimes.access = TimeDelta::MAX).await;
        let enter = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }";
        let input = json!({ "input": { "email": "sam@shop.example", "password": PASSWORD } });
        let asked = shop.ask(&Who::guest(), enter, input.clone()).await;
        assert_eq!(asked.fault(), Some("INTERNAL"));
        let mut socket = Socket::of(&shop, &Who::guest()).await;
        socket.asks("m", enter, input.clone()).await;
        let payload = Socket::payload(socket.hears().await, "error", "m");
        assert_eq!(payload[0]["extensions"]["code"], "INTERNAL", "{payload}");
        assert!(!payload.to_string().contains("overflow"), "{payload}");
        socket.asks("q", "{ __typename }", json!({})).await;
        assert_eq!(socket.data("q").await, json!({ "__typename": "Query" }));
        let mut events = Events::posted(&shop, &Who::guest(), STREAM, enter, input).await;
        let answer = events.answer().await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL", "{answer}");
        events.completes().await;
    }
}
