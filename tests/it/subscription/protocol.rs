//! `graphql-transport-ws` to the letter, where the usual Rust server fails twelve of twenty points
//! of it; the order of sub-protocols; bounds.

use std::time::Duration;

use serde_json::{Value, json};

use super::socket::{NEW, OLD, Said, Socket};
use super::{CART_TICKS, cart, until};
use crate::both;
use crate::harness::{Shop, Who};

/// A socket that has not said who it is.
async fn fresh(shop: &Shop) -> Socket {
    Socket::offering(shop, NEW).await
}

/// A socket that may ask.
async fn open(shop: &Shop) -> Socket {
    Socket::of(shop, &Who::guest()).await
}

const INIT: &str = r#"{"type":"connection_init"}"#;

both! {
    async fn subscribing_before_the_connection_is_acknowledged_closes_4401(shop: Shop) {
        let mut socket = fresh(&shop).await;
        socket.asks("1", "{ __typename }", json!({})).await;
        assert_eq!(socket.hears().await, Said::Closed(4401, "Unauthorized".to_owned()));
    }

    async fn a_message_that_is_not_json_closes_4400(shop: Shop) {
        for text in ["hello", "", "[]", "{\"id\":\"1\"}", "{\"type\":\"subscribe\""] {
            let mut socket = open(&shop).await;
            socket.sends(text.to_owned()).await;
            assert_eq!(socket.close().await, 4400, "{text}");
        }
        let mut socket = fresh(&shop).await;
        socket.sends("hello".to_owned()).await;
        assert_eq!(socket.close().await, 4400);
        let mut socket = open(&shop).await;
        socket.sends_bytes(INIT.as_bytes().to_vec()).await;
        assert_eq!(socket.close().await, 4400);
    }

    async fn a_message_of_an_unknown_type_closes_4400(shop: Shop) {
        for kind in ["unknown", "start", "next", "connection_ack", "connection_terminate"] {
            let mut socket = open(&shop).await;
            socket.says(&json!({ "type": kind, "id": "1" })).await;
            assert_eq!(socket.close().await, 4400, "{kind}");
        }
    }

    async fn an_id_that_is_in_use_closes_4409(shop: Shop) {
        let cart = cart(&shop).await;
        let mut socket = Socket::of(&shop, &cart.who).await;
        socket.asks("same", CART_TICKS, json!({ "id": cart.id })).await;
        socket.data("same").await;
        socket.asks("same", CART_TICKS, json!({ "id": cart.id })).await;
        let why = "Subscriber for same already exists".to_owned();
        assert_eq!(socket.hears().await, Said::Closed(4409, why));
    }

    async fn who_does_not_say_who_it_is_in_time_closes_4408(shop: Shop) {
        let shop = shop.again(|setup| setup.lives.init = Duration::from_millis(50)).await;
        let mut socket = fresh(&shop).await;
        let why = "Connection initialisation timeout".to_owned();
        assert_eq!(socket.hears().await, Said::Closed(4408, why));
    }

    async fn saying_who_it_is_twice_closes_4429(shop: Shop) {
        let mut socket = open(&shop).await;
        socket.sends(INIT.to_owned()).await;
        assert_eq!(socket.hears().await, Said::Closed(4429, "Too many initialisation requests".to_owned()));
    }

    async fn an_invalid_document_is_an_error_and_not_an_answer(shop: Shop) {
        let mut socket = open(&shop).await;
        for (id, document) in [
            ("syntax", "{ nothing"),
            ("field", "{ nothing }"),
            ("live", "subscription { nothing }"),
            ("two", "subscription { a: cartUpdated(id: \"a\") { id } b: cartUpdated(id: \"b\") { id } }"),
            ("deep", &format!("{{ {} __typename {} }}", "a { ".repeat(40), "}".repeat(40))),
        ] {
            socket.asks(id, document, json!({})).await;
            let payload = Socket::payload(socket.hears().await, "error", id);
            let errors = payload.as_array().expect("a list of errors");
            assert!(!errors.is_empty() && errors[0]["message"].is_string(), "{id}: {payload}");
        }
        // Nothing follows an error, and the socket goes on.
        socket.asks("good", "{ __typename }", json!({})).await;
        assert_eq!(socket.data("good").await, json!({ "__typename": "Query" }));
    }

    async fn a_message_of_5_mb_closes_1009_while_others_are_served(shop: Shop) {
        let (mut large, mut other) = (open(&shop).await, open(&shop).await);
        let text = json!({ "type": "ping", "payload": { "a": "x".repeat(5_000_000) } });
        let said = async {
            large.says(&text).await;
            large.hears().await
        };
        let served = async {
            other.asks("1", "{ __typename }", json!({})).await;
            other.data("1").await
        };
        let (said, served) = tokio::join!(said, served);
        // What is still on its way when the server closes may break the connection instead.
        assert!(matches!(said, Said::Closed(1009, _) | Said::Gone), "{said:?}");
        assert_eq!(served, json!({ "__typename": "Query" }));
        // Just too big: there is nothing on its way.
        let mut large = open(&shop).await;
        let text = json!({ "type": "ping", "payload": { "a": "x".repeat(256 * 1024) } });
        large.says(&text).await;
        assert_eq!(large.close().await, 1009);
    }

    async fn pings_are_answered_and_single_results_complete(shop: Shop) {
        let mut socket = fresh(&shop).await;
        socket.says(&json!({ "type": "ping", "payload": { "n": 7 } })).await;
        let pong = json!({ "type": "pong", "payload": { "n": 7 } });
        assert_eq!(socket.hears().await, Said::Message(pong));
        socket.sends(INIT.to_owned()).await;
        assert_eq!(socket.hears().await, Said::Message(json!({ "type": "connection_ack" })));
        shop.opens_channel("eu").await;
        socket.asks("q", "{ channels(first: 5) { nodes { code } } }", json!({})).await;
        assert_eq!(socket.data("q").await, json!({ "channels": { "nodes": [{ "code": "eu" }] } }));
        assert_eq!(ended(&mut socket).await, "q");
        let create = "mutation { cartCreate(input: {}) { cart { state } errors { code } } }";
        socket.asks("m", create, json!({})).await;
        let made = json!({ "cart": { "state": "ACTIVE" }, "errors": [] });
        assert_eq!(socket.data("m").await, json!({ "cartCreate": made }));
        assert_eq!(ended(&mut socket).await, "m");
        // The id is free again.
        socket.asks("q", "{ __typename }", json!({})).await;
        assert_eq!(socket.data("q").await, json!({ "__typename": "Query" }));
    }

    async fn the_first_offer_that_we_speak_is_spoken(shop: Shop) {
        for (offers, chosen) in [
            ("graphql-ws, graphql-transport-ws", OLD),
            ("graphql-transport-ws, graphql-ws", NEW),
            ("mqtt, graphql-ws", OLD),
        ] {
            let mut socket = Socket::offering(&shop, offers).await;
            assert_eq!(socket.chosen.as_deref(), Some(chosen), "{offers}");
            socket.sends(INIT.to_owned()).await;
            assert_eq!(socket.hears().await, Said::Message(json!({ "type": "connection_ack" })));
            if chosen == OLD {
                assert_eq!(socket.hears().await, Said::Message(json!({ "type": "ka" })));
            }
            let ask = if chosen == OLD { "start" } else { "subscribe" };
            let payload = json!({ "query": "{ __typename }" });
            socket.says(&json!({ "type": ask, "id": "1", "payload": payload })).await;
            let answer = if chosen == OLD { "data" } else { "next" };
            let payload = Socket::payload(socket.hears().await, answer, "1");
            assert_eq!(payload["data"], json!({ "__typename": "Query" }), "{offers}");
        }
        let mut socket = Socket::offering(&shop, "").await;
        assert_eq!(socket.chosen, None);
        assert_eq!(
            socket.hears().await,
            Said::Closed(4406, "Subprotocol not acceptable".to_owned())
        );
    }

    async fn the_older_sub_protocol_is_spoken_to_its_end(shop: Shop) {
        let cart = cart(&shop).await;
        let mut socket = Socket::offering(&shop, OLD).await;
        let secret = cart.who.header("x-cart-token").expect("a secret");
        socket.says(&json!({ "type": "connection_init", "payload": { "X-Cart-Token": secret } })).await;
        for kind in ["connection_ack", "ka"] {
            assert_eq!(socket.hears().await, Said::Message(json!({ "type": kind })));
        }
        let payload = json!({ "query": CART_TICKS, "variables": { "id": cart.id } });
        socket.says(&json!({ "type": "start", "id": "1", "payload": payload })).await;
        let data = Socket::payload(socket.hears().await, "data", "1");
        assert_eq!(data["data"]["cartUpdated"]["version"], 1);
        let email = json!({ "email": "ada@example.com" });
        cart.does(&shop, "cartContactSet", email).await.ok();
        let data = Socket::payload(socket.hears().await, "data", "1");
        assert_eq!(data["data"]["cartUpdated"]["version"], 2);
        socket.says(&json!({ "type": "stop", "id": "1" })).await;
        let complete = json!({ "type": "complete", "id": "1" });
        assert_eq!(socket.hears().await, Said::Message(complete));
        socket.says(&json!({ "type": "start", "id": "2", "payload": { "query": "{ nothing }" } })).await;
        let error = Socket::payload(socket.hears().await, "error", "2");
        assert!(error["message"].is_string() && error["errors"].is_array(), "{error}");
        socket.says(&json!({ "type": "connection_terminate" })).await;
        assert_eq!(socket.close().await, 1000);
    }

    async fn a_page_of_somebody_else_opens_no_socket(shop: Shop) {
        let own = shop.url.clone();
        for (origin, opens) in [
            (own.as_str(), true),
            ("https://evil.example", false),
            ("null", false),
        ] {
            let opened = Socket::opening(&shop, NEW, &[("origin", origin)]).await;
            assert_eq!(opened.err(), (!opens).then_some(403), "{origin}");
        }
    }

    async fn sockets_and_what_runs_on_them_are_bounded(shop: Shop) {
        let shop = shop.again(|setup| {
            setup.lives.most = 2;
            setup.lives.operations = 1;
        }).await;
        let cart = cart(&shop).await;
        let mut first = Socket::of(&shop, &cart.who).await;
        let second = fresh(&shop).await;
        assert_eq!(Socket::opening(&shop, NEW, &[]).await.err(), Some(503));
        second.leaves().await;
        let seats = shop.app.front.live.seats.clone();
        until(|| seats.available_permits() == 1).await;
        fresh(&shop).await.leaves().await;
        first.asks("1", CART_TICKS, json!({ "id": cart.id })).await;
        first.data("1").await;
        first.asks("2", CART_TICKS, json!({ "id": cart.id })).await;
        assert_eq!(first.fault("2").await, "LIMIT_EXCEEDED");
        first.says(&json!({ "type": "complete", "id": "1" })).await;
        first.asks("2", CART_TICKS, json!({ "id": cart.id })).await;
        first.data("2").await;
    }

    async fn who_does_not_read_is_let_go(shop: Shop) {
        let shop = shop.again(|setup| setup.lives.patience = Duration::from_millis(200)).await;
        let seats = shop.app.front.live.seats.clone();
        let all = seats.available_permits();
        let mut deaf = open(&shop).await;
        // Far more than the buffers of the system take, and never a look at it.
        let large = "{ __schema { types { name description fields { name description } } } }";
        let ask = async {
            for id in 0.. {
                deaf.asks(&id.to_string(), large, json!({})).await;
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::select! {
            () = ask => {}
            () = until(|| seats.available_permits() == all) => {}
        }
    }

    async fn a_server_that_stops_says_so(shop: Shop) {
        let mut socket = open(&shop).await;
        shop.app.front.live.closing.cancel();
        assert_eq!(socket.close().await, 1001);
    }
}

/// The operation that is complete.
async fn ended(socket: &mut Socket) -> String {
    match socket.hears().await {
        Said::Message(message) if message["type"] == "complete" => {
            let id: Option<&str> = Value::as_str(&message["id"]);
            id.expect("an id").to_owned()
        }
        other => panic!("not complete but {other:?}"),
    }
}
