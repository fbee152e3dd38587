//! Server-sent events, as graphql-sse has them: an operation a connection.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use serde_json::{Value, json};

use super::{CART_TICKS, cart, until};
use crate::both;
use crate::harness::{Shop, Who};

/// A stream of events, read event by event.
pub struct Events {
    status: u16,
    media: String,
    bytes: BoxStream<'static, reqwest::Result<axum::body::Bytes>>,
    read: String,
}

impl Events {
    /// Posts an operation.
    pub async fn posted(
        shop: &Shop,
        who: &Who,
        accept: &str,
        query: &str,
        variables: Value,
    ) -> Self {
        let body = json!({ "query": query, "variables": variables });
        let request = reqwest::Client::new().post(format!("{}/graphql", shop.url));
        Self::sent(request.json(&body), who, accept).await
    }

    async fn got(shop: &Shop, who: &Who, query: &str) -> Self {
        let url =
            reqwest::Url::parse_with_params(&format!("{}/graphql", shop.url), [("query", query)]);
        let request = reqwest::Client::new().get(url.expect("an address"));
        Self::sent(request, who, "text/event-stream").await
    }

    async fn sent(mut request: reqwest::RequestBuilder, who: &Who, accept: &str) -> Self {
        for (name, value) in who.headers() {
            request = request.header(name, value);
        }
        let response = request
            .header("accept", accept)
            .send()
            .await
            .expect("an answer");
        let media = response.headers().get("content-type");
        let media = media
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        Self {
            status: response.status().as_u16(),
            media,
            bytes: response.bytes_stream().boxed(),
            read: String::new(),
        }
    }

    /// The next event with its data, comments left out; nothing at the end.
    async fn next(&mut self) -> Option<(String, String)> {
        let event = async {
            loop {
                if let Some((event, rest)) = self.read.clone().split_once("\n\n") {
                    self.read = rest.to_owned();
                    if event.starts_with(':') {
                        continue;
                    }
                    let field = |name: &str| {
                        let mut lines = event.lines().filter_map(|line| line.strip_prefix(name));
                        lines.next().map(|value| value.trim_start().to_owned())
                    };
                    let kind = field("event:").expect("an event has a name");
                    return Some((kind, field("data:").expect("an event has data")));
                }
                let bytes = self.bytes.next().await?.expect("bytes");
                self.read
                    .push_str(std::str::from_utf8(&bytes).expect("text"));
            }
        };
        let event = tokio::time::timeout(Duration::from_secs(60), event).await;
        event.expect("something within a minute")
    }

    /// The next answer.
    pub async fn answer(&mut self) -> Value {
        let (kind, data) = self.next().await.expect("an event");
        assert_eq!(kind, "next", "{data}");
        serde_json::from_str(&data).expect("JSON")
    }

    /// It is complete, and there is nothing more.
    pub async fn completes(mut self) {
        assert_eq!(
            self.next().await,
            Some(("complete".to_owned(), String::new()))
        );
        assert_eq!(self.next().await, None);
    }
}

both! {
    async fn a_subscription_is_a_stream_of_events(shop: Shop) {
        let cart = cart(&shop).await;
        for accept in ["text/event-stream", "application/json, text/event-stream, multipart/mixed"] {
            let mut events = Events::posted(&shop, &cart.who, accept, CART_TICKS, json!({ "id": cart.id })).await;
            assert_eq!(events.status, 200);
            assert!(events.media.starts_with("text/event-stream"), "{}", events.media);
            let version = events.answer().await["data"]["cartUpdated"]["version"].clone();
            let email = json!({ "email": format!("v{version}@example.com") });
            cart.does(&shop, "cartContactSet", email).await.ok();
            let told = events.answer().await;
            assert_eq!(told["data"]["cartUpdated"]["contact"]["email"], format!("v{version}@example.com"));
        }
    }

    async fn queries_and_mutations_are_one_event_and_the_end(shop: Shop) {
        shop.opens_channel("eu").await;
        let guest = Who::guest();
        let media = "text/event-stream";
        let mut events = Events::posted(&shop, &guest, media, "{ channels(first: 5) { nodes { code } } }", json!({})).await;
        assert_eq!(events.answer().await["data"], json!({ "channels": { "nodes": [{ "code": "eu" }] } }));
        events.completes().await;
        let create = "mutation { cartCreate(input: {}) { cart { state } } }";
        let mut events = Events::posted(&shop, &guest, media, create, json!({})).await;
        assert_eq!(events.answer().await["data"]["cartCreate"]["cart"]["state"], "ACTIVE");
        events.completes().await;
        let mut events = Events::got(&shop, &guest, "{ __typename }").await;
        assert_eq!(events.answer().await["data"]["__typename"], "Query");
        events.completes().await;
        // GET only reads.
        let carts = shop.count("carts").await;
        let mut events = Events::got(&shop, &guest, create).await;
        let refused = events.answer().await;
        assert!(refused.get("data").is_none() && refused["errors"][0]["message"].is_string(), "{refused}");
        events.completes().await;
        assert_eq!(shop.count("carts").await, carts);
    }

    async fn what_does_not_run_is_told_in_the_stream(shop: Shop) {
        let media = "text/event-stream";
        let cart = cart(&shop).await;
        for (who, query, code) in [
            (Who::guest(), "{ nothing", "BAD_REQUEST"),
            (Who::guest(), "{ nothing }", "BAD_REQUEST"),
            (Who::guest(), CART_TICKS, "NOT_FOUND"),
            (Who::guest().bearer("nonsense"), CART_TICKS, "UNAUTHENTICATED"),
        ] {
            let mut events = Events::posted(&shop, &who, media, query, json!({ "id": cart.id })).await;
            assert_eq!(events.status, 200);
            let answer = events.answer().await;
            assert!(answer.get("data").is_none(), "{answer}");
            assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
            events.completes().await;
        }
    }

    async fn who_takes_other_answers_too_gets_a_stream_for_subscriptions_only(shop: Shop) {
        let accept = "application/json, text/event-stream";
        let events = Events::posted(&shop, &Who::guest(), accept, "{ __typename }", json!({})).await;
        assert!(events.media.starts_with("application/json"), "{}", events.media);
        // Who takes none has to come another way.
        let cart = cart(&shop).await;
        let refused = shop.ask(&cart.who, CART_TICKS, json!({ "id": cart.id })).await;
        assert_eq!(refused.fault(), Some("BAD_REQUEST"));
    }

    async fn a_quiet_stream_is_kept_alive(shop: Shop) {
        let shop = shop.again(|setup| setup.lives.beat = Duration::from_millis(20)).await;
        let cart = cart(&shop).await;
        let mut events = Events::posted(&shop, &cart.who, "text/event-stream", CART_TICKS, json!({ "id": cart.id })).await;
        events.answer().await;
        let mut read = String::new();
        while !read.contains(":\n\n:\n\n") {
            let bytes = events.bytes.next().await.expect("more").expect("bytes");
            read.push_str(std::str::from_utf8(&bytes).expect("text"));
        }
        assert_eq!(shop.app.front.live.seats.available_permits(), setup_most() - 1);
        drop(events);
        let seats = shop.app.front.live.seats.clone();
        until(|| seats.available_permits() == setup_most()).await;
    }
}

/// Places for sockets and streams, by default.
fn setup_most() -> usize {
    rialto::http::Lives::default().most
}
