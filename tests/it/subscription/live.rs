//! `orderUpdated` and `cartUpdated`: who is told what, when, and until when.

use std::sync::Arc;

use chrono::TimeDelta;
use entity::id::AccountId;
use futures_util::{FutureExt, StreamExt};
use rialto::domain::access::Bearer;
use rialto::graphql::{Ask, Operation, Reached, Renewed};
use rialto::kernel::caller::Caller;
use rialto::kernel::clock::Instant;
use rialto::kernel::permission::Role;
use rialto::kernel::secret::SecretHash;
use serde_json::{Value, json};

use super::socket::{NEW, Said, Socket};
use super::{CART_TICKS, cart, caught_up};
use crate::both;
use crate::harness::till::Till;
use crate::harness::{Shop, Who};

const ORDER_TICKS: &str = "subscription($id: ID!) { orderUpdated(id: $id) {
    id state paymentStatus fulfillmentStatus version
    payments { state captured { amount } }
    fulfillments { state }
} }";

both! {
    async fn an_order_ticks_on_what_staff_does(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let support = shop.staff(Role::Support).await;
        let (mut guest, mut staff) = (Socket::of(&shop, &sale.who).await, Socket::of(&shop, &support).await);
        for socket in [&mut guest, &mut staff] {
            socket.asks("o", ORDER_TICKS, json!({ "id": sale.id })).await;
            // At once, as it is.
            let now = socket.data("o").await;
            assert_eq!(now["orderUpdated"]["id"], json!(sale.id));
            assert_eq!(now["orderUpdated"]["state"], "CONFIRMED");
        }
        sale.does_as(&shop, &support, "orderHold", json!({ "reason": "odd address" })).await.ok();
        for socket in [&mut guest, &mut staff] {
            socket.until("o", |data| data["orderUpdated"]["state"] == "ON_HOLD").await;
        }
        sale.does_as(&shop, &support, "orderRelease", json!({ "note": "fine" })).await.ok();
        for socket in [&mut guest, &mut staff] {
            socket.until("o", |data| data["orderUpdated"]["state"] == "CONFIRMED").await;
        }
    }

    async fn an_order_ticks_on_its_fulfillments_and_payments(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let warehouse = shop.staff(Role::Warehouse).await;
        let mut socket = Socket::of(&shop, &sale.who).await;
        socket.asks("o", ORDER_TICKS, json!({ "id": sale.id })).await;
        socket.data("o").await;
        let query = "mutation($input: FulfillmentCreateInput!) { fulfillmentCreate(input: $input) {
            fulfillment { id } errors { code message path } } }";
        let input = json!({ "input": { "orderId": sale.id } });
        let made = shop.ask(&warehouse.key("make-the-parcel-once"), query, input).await.ok();
        let parcel = made.text("fulfillmentCreate.fulfillment.id");
        let states = |data: &Value| data["orderUpdated"]["fulfillments"].clone();
        socket.until("o", |data| states(data) == json!([{ "state": "RELEASED" }])).await;
        // Packing changes the parcel and no order.
        let before = sale.read(&shop).await["version"].clone();
        let query = "mutation($input: FulfillmentPackInput!) { fulfillmentPack(input: $input) {
            fulfillment { state } errors { code message path } } }";
        let input = json!({ "input": { "id": parcel } });
        let packed = shop.ask(&warehouse.key("pack-the-parcel-once"), query, input).await.ok();
        assert_eq!(packed.text("fulfillmentPack.fulfillment.state"), "PACKED");
        let told = socket.until("o", |data| states(data) == json!([{ "state": "PACKED" }])).await;
        assert_eq!(told["orderUpdated"]["version"], before);
        // Shipping has the money taken, in a process of its own.
        let query = "mutation($input: FulfillmentShipInput!) { fulfillmentShip(input: $input) {
            fulfillment { state } errors { code message path } } }";
        let input = json!({ "input": { "id": parcel, "untracked": true } });
        shop.ask(&warehouse.key("ship-the-parcel-once"), query, input).await.ok();
        socket.until("o", |data| data["orderUpdated"]["paymentStatus"] == "PAID").await;
    }

    async fn a_cart_ticks_on_its_changes_and_on_its_order(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let query = "subscription($id: ID!) { cartUpdated(id: $id) {
            state lines { nodes { quantity } } totals { total { amount } }
        } }";
        let mut socket = Socket::of(&shop, &cart.who).await;
        socket.asks("c", query, json!({ "id": cart.id })).await;
        let now = socket.data("c").await;
        assert_eq!(now["cartUpdated"]["lines"]["nodes"], json!([{ "quantity": 2 }]));
        let mug = shop.variants().await[0];
        cart.adds(&shop, mug, 1).await.ok();
        socket.until("c", |data| data["cartUpdated"]["lines"]["nodes"] == json!([{ "quantity": 3 }])).await;
        cart.completes(&shop, "sandbox_approve").await.ok();
        socket.until("c", |data| data["cartUpdated"]["state"] == "ORDERED").await;
    }

    async fn what_another_process_commits_ticks_here(shop: Shop) {
        let other = shop.again(|_| {}).await;
        let cart = cart(&shop).await;
        let mut socket = Socket::of(&other, &cart.who).await;
        socket.asks("c", CART_TICKS, json!({ "id": cart.id })).await;
        assert_eq!(socket.data("c").await["cartUpdated"]["version"], 1);
        cart.does(&shop, "cartContactSet", json!({ "email": "ada@example.com" })).await.ok();
        let told = socket.data("c").await;
        assert_eq!(told["cartUpdated"]["contact"]["email"], "ada@example.com");
    }

    async fn what_one_may_not_see_does_not_exist(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 2).await;
        let (sale, other) = (
            till.buys(&shop, mug, "sandbox_approve").await,
            till.buys(&shop, mug, "sandbox_approve").await,
        );
        let mine = till.cart(&shop).await;
        let merchandiser = shop.staff(Role::Merchandiser).await;
        let ann = shop.customer("ann").await;
        for who in [Who::guest(), other.who.clone(), mine.who.clone(), ann, merchandiser] {
            let mut socket = Socket::of(&shop, &who).await;
            socket.asks("o", ORDER_TICKS, json!({ "id": sale.id })).await;
            assert_eq!(socket.fault("o").await, "NOT_FOUND", "{who:?}");
        }
        let mut socket = Socket::of(&shop, &sale.who).await;
        socket.asks("o", ORDER_TICKS, json!({ "id": "order_00000000000000000000000000" })).await;
        assert_eq!(socket.fault("o").await, "NOT_FOUND");
        socket.asks("c", CART_TICKS, json!({ "id": mine.id })).await;
        assert_eq!(socket.fault("c").await, "NOT_FOUND");
        let warehouse = shop.staff(Role::Warehouse).await;
        let mut socket = Socket::of(&shop, &warehouse).await;
        socket.asks("c", CART_TICKS, json!({ "id": mine.id })).await;
        let refused = socket.hears().await;
        let payload = Socket::payload(refused, "error", "c");
        assert!(!payload[0].is_null(), "what the role cannot see is no field: {payload}");
    }

    async fn who_may_not_see_it_any_more_is_told_no_more(shop: Shop) {
        let cart = cart(&shop).await;
        let mut socket = Socket::of(&shop, &cart.who).await;
        socket.asks("c", CART_TICKS, json!({ "id": cart.id })).await;
        socket.data("c").await;
        // Ann takes the cart over: the guest's secret is void.
        let secret = cart.who.header("x-cart-token").expect("a secret");
        let ann = shop.customer("ann").await.cart(&secret);
        let claim = "mutation($id: ID!) { cartClaim(input: { cartId: $id }) {
            cart { id } errors { code path message } } }";
        shop.ask(&ann, claim, json!({ "id": cart.id })).await.ok();
        let complete = json!({ "type": "complete", "id": "c" });
        assert_eq!(socket.hears().await, Said::Message(complete));
    }

    async fn a_token_that_ends_ends_what_it_opened(shop: Shop) {
        let cart = cart(&shop).await;
        let support = shop.hires("sam@shop.example", entity::accounts::Role::Support).await;
        for seconds in [2, 10, 40] {
            let who = ending_in(&shop, support, seconds).await;
            let opened = Socket::opening(&shop, NEW, &[]).await;
            let mut socket = opened.unwrap_or_else(|status| panic!("{status}"));
            let token = who.header("authorization").expect("a token");
            socket.says(&json!({ "type": "connection_init", "payload": { "authorization": token } })).await;
            if socket.hears().await != Said::Message(json!({ "type": "connection_ack" })) {
                // A slow machine: it had ended already.
                continue;
            }
            socket.asks("c", CART_TICKS, json!({ "id": cart.id })).await;
            if !matches!(socket.hears().await, Said::Message(message) if message["type"] == "next") {
                continue;
            }
            // Nothing happens to the cart, and the socket closes with the code that has clients come
            // again with a fresh token.
            assert_eq!(socket.close().await, 4403);
            return;
        }
        panic!("too slow a machine to hold a token for 40 seconds");
    }

    async fn who_brings_a_token_that_does_not_hold_is_turned_away(shop: Shop) {
        let mut socket = Socket::offering(&shop, NEW).await;
        let payload = json!({ "Authorization": "Bearer nonsense" });
        socket.says(&json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.close().await, 4403);
        let mut socket = Socket::offering(&shop, NEW).await;
        let payload = json!({ "headers": { "x-channel": "nowhere" } });
        socket.says(&json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.close().await, 4400);
    }

    async fn a_slow_reader_is_told_and_cut(shop: Shop) {
        let cart = cart(&shop).await;
        shop.app.door.feed().started().await;
        let mut answers = Box::pin(subscribed(&shop, &cart.who, CART_TICKS, json!({ "id": cart.id })));
        let first = answers.next().await.expect("an answer");
        assert!(text(&first).contains("\"version\":1"), "{}", text(&first));
        // Two changes: one reading tells of both.
        for email in ["a@example.com", "b@example.com"] {
            cart.does(&shop, "cartContactSet", json!({ "email": email })).await.ok();
        }
        caught_up(&shop).await;
        let both = answers.next().await.expect("an answer");
        assert!(text(&both).contains("\"version\":3"), "{}", text(&both));
        assert!(answers.next().now_or_never().is_none(), "nothing has changed since");
        // More than anybody keeps for it.
        for number in 0..70 {
            let email = json!({ "email": format!("n{number}@example.com") });
            cart.does(&shop, "cartContactSet", email).await.ok();
        }
        caught_up(&shop).await;
        let told = answers.next().await.expect("a word");
        assert!(text(&told).contains("SUBSCRIPTION_LAGGED"), "{}", text(&told));
        assert!(answers.next().await.is_none());
    }
}

/// A token of the account that holds for so many seconds.
async fn ending_in(shop: &Shop, account: AccountId, seconds: i64) -> Who {
    let bearer = Bearer {
        account,
        role: Role::Support,
        session: None,
    };
    let (read, real) = (shop.app.door.reader(), shop.app.door.clock().real());
    // A minute more is granted, for clocks that differ.
    let lifetime = shop.app.access.settings.lifetimes.access + TimeDelta::seconds(60);
    let minted: Instant = real - lifetime + TimeDelta::seconds(seconds);
    let token = shop.app.access.tokens.mint(&read, &bearer, minted).await;
    Who::guest().bearer(&token.expect("a token").text)
}

/// What somebody is told who asks the graph itself.
fn subscribed(
    shop: &Shop,
    who: &Who,
    query: &str,
    variables: Value,
) -> impl futures_util::Stream<Item = Reached> + use<> {
    let secret = who.header("x-cart-token");
    let renew = move || {
        let mut caller = Caller::guest("slow-reader-0001");
        caller.cart_secret = secret.as_deref().map(SecretHash::of);
        let ask = Ask {
            caller,
            channel: None,
            language: None,
            key: None,
            ticket: None,
        };
        std::future::ready(Ok(Renewed {
            ask,
            turn: Vec::new(),
        }))
        .boxed()
    };
    let operation = Operation {
        query: Some(query.to_owned()),
        document_id: None,
        name: None,
        variables,
        extensions: None,
        read_only: false,
    };
    shop.app.front.api.subscribe(operation, Arc::new(renew))
}

fn text(reached: &Reached) -> String {
    String::from_utf8(reached.json.to_vec()).expect("text")
}
