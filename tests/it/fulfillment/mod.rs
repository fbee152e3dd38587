//! Fulfillments: from a confirmed order to a delivered one.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::till::{Cart, Till};
use crate::harness::{Shop, Who};

const FULFILLMENT: &str = "fragment fulfillment on Fulfillment {
    id position state version
    lines { quantity orderLine { sku fulfilledQuantity shippedQuantity deliveredQuantity } }
    tracking { number carrier url }
    availableTransitions { action to requiredFields blockedBy { guard } }
    order { state fulfillmentStatus paymentStatus }
}";

const ORDER: &str = "query($id: ID!) { order(by: { id: $id }) {
    state fulfillmentStatus paymentStatus
    lines { id sku }
    fulfillments { state tracking { number } lines { quantity orderLine { sku } } }
} }";

/// An order, whose it is, and who packs it.
struct Parcel {
    order: String,
    buyer: Who,
    warehouse: Who,
}

impl Parcel {
    /// A guest's order of the variants in the cart, paid by card.
    async fn bought(shop: &Shop, cart: &Cart) -> Self {
        Self::paid(
            shop,
            cart,
            json!({ "method": "CARD", "token": "sandbox_approve" }),
        )
        .await
    }

    async fn paid(shop: &Shop, cart: &Cart, payment: Value) -> Self {
        let read = cart.read(shop).await.ok();
        let query = "mutation($input: CartCompleteInput!) { cartComplete(input: $input) {
            order { id state } status orderToken errors { code message path }
        } }";
        let total = read.text("cart.totals.total.amount");
        let input = json!({
            "cartId": cart.id,
            "expectedVersion": read.int("cart.version"),
            "expectedTotal": { "amount": total, "currency": "EUR" },
            "payment": payment,
            "idempotencyKey": "complete-once-0001",
        });
        let done = shop
            .ask(&cart.who, query, json!({ "input": input }))
            .await
            .ok();
        Self {
            order: done.text("cartComplete.order.id"),
            buyer: Who::guest().order(&done.text("cartComplete.orderToken")),
            warehouse: shop.staff(Role::Warehouse).await,
        }
    }

    /// One of the verbs of fulfillment, with a key of its own.
    async fn does(&self, shop: &Shop, field: &str, input: Value) -> Answer {
        self.does_as(shop, &self.warehouse, field, input).await
    }

    async fn does_as(&self, shop: &Shop, who: &Who, field: &str, input: Value) -> Answer {
        let name = format!("{}{}", field[..1].to_uppercase(), &field[1..]);
        let query = format!(
            "{FULFILLMENT} mutation($input: {name}Input!) {{ {field}(input: $input) {{
                fulfillment {{ ...fulfillment }}
                errors {{
                    code message path
                    ... on TransitionError {{ from allowed blockedBy {{ guard }} }}
                }}
            }} }}"
        );
        let key = uuid::Uuid::now_v7().to_string();
        shop.ask(&who.key(&key), &query, json!({ "input": input }))
            .await
    }

    /// Creates a fulfillment of all that is left, and gives its id.
    async fn created(&self, shop: &Shop) -> String {
        let input = json!({ "orderId": self.order });
        let answer = self.does(shop, "fulfillmentCreate", input).await.ok();
        answer.text("fulfillmentCreate.fulfillment.id")
    }

    /// The order as its buyer sees it.
    async fn read(&self, shop: &Shop) -> Value {
        let answer = shop
            .ask(&self.buyer, ORDER, json!({ "id": self.order }))
            .await
            .ok();
        answer.at("order").clone()
    }

    /// What has happened to the order, as its buyer reads it: subject and action.
    async fn history(&self, shop: &Shop) -> Vec<String> {
        let query = "query($id: ID!) { order(by: { id: $id }) {
            timeline(first: 100) { nodes { subject action } }
        } }";
        let answer = shop.ask(&self.buyer, query, json!({ "id": self.order }));
        let answer = answer.await.ok();
        let nodes = answer.at("order.timeline.nodes").as_array().expect("nodes");
        let told =
            |node: &Value| format!("{} {}", node["subject"], node["action"]).replace('"', "");
        nodes.iter().map(told).collect()
    }

    /// The order once it is in that state.
    async fn until(&self, shop: &Shop, field: &str, wanted: &str) -> Value {
        for _ in 0..200 {
            let order = self.read(shop).await;
            if order[field] == json!(wanted) {
                return order;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        panic!("never {wanted}: {}", self.read(shop).await);
    }
}

fn flat(order: &Value) -> [&str; 3] {
    ["state", "fulfillmentStatus", "paymentStatus"]
        .map(|field| order[field].as_str().unwrap_or("?"))
}

async fn findings(shop: &Shop) -> Vec<String> {
    let read = shop.app.door.reader();
    let found = rialto::domain::fulfillment::check::check(&read).await;
    let found = found.unwrap_or_else(|fault| panic!("{fault:?}"));
    let mut all: Vec<String> = found.iter().map(ToString::to_string).collect();
    all.extend(shop.stock_findings().await);
    all
}

fn tracked() -> Value {
    json!({ "number": "00340", "carrier": "Post", "url": "https://post.example/00340" })
}

both! {
    async fn an_order_is_packed_shipped_paid_for_and_delivered(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let parcel = Parcel::bought(&shop, &cart).await;
        let order = parcel.until(&shop, "state", "CONFIRMED").await;
        assert_eq!(flat(&order), ["CONFIRMED", "UNFULFILLED", "AUTHORIZED"]);
        let input = json!({ "orderId": parcel.order });
        let made = parcel.does(&shop, "fulfillmentCreate", input).await.ok();
        let made = made.at("fulfillmentCreate.fulfillment").clone();
        assert_eq!((made["position"].as_i64(), made["state"].as_str()), (Some(1), Some("RELEASED")));
        assert_eq!(made["order"]["state"], "IN_FULFILLMENT");
        assert_eq!(made["lines"][0]["quantity"], 2);
        assert_eq!(made["availableTransitions"], json!([
            { "action": "pack", "to": "packed", "requiredFields": [], "blockedBy": [] },
            { "action": "cancel", "to": "cancelled", "requiredFields": ["reason"], "blockedBy": [] },
        ]));
        let id = made["id"].clone();
        parcel.does(&shop, "fulfillmentPack", json!({ "id": id, "expectedVersion": 1 })).await.ok();
        let input = json!({ "id": id, "tracking": tracked() });
        let shipped = parcel.does(&shop, "fulfillmentShip", input).await.ok();
        let shipped = shipped.at("fulfillmentShip.fulfillment").clone();
        assert_eq!(shipped["tracking"], tracked());
        assert_eq!(shipped["lines"][0]["orderLine"]["shippedQuantity"], 2);
        let order = parcel.until(&shop, "paymentStatus", "PAID").await;
        assert_eq!(flat(&order), ["IN_FULFILLMENT", "FULFILLED", "PAID"]);
        assert_eq!(order["fulfillments"], json!([{
            "state": "SHIPPED", "tracking": { "number": "00340" },
            "lines": [{ "quantity": 2, "orderLine": { "sku": "mug-only" } }],
        }]));
        parcel.does(&shop, "fulfillmentDeliver", json!({ "id": id })).await.ok();
        assert_eq!(flat(&parcel.read(&shop).await), ["COMPLETED", "DELIVERED", "PAID"]);
        let mut history = parcel.history(&shop).await;
        history.sort();
        assert_eq!(history, [
            "fulfillment fulfillment.deliver",
            "fulfillment fulfillment.ship",
            "order order.complete",
            "order order.confirm",
            "order order.place",
            "order order.start_fulfillment",
            "payment payment.authorize",
            "payment payment.capture",
        ]);
        assert_eq!(findings(&shop).await, [""; 0]);
    }

    async fn an_order_goes_out_in_parts_and_is_complete_with_the_last(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let pen = till.sells(&shop, "pen", 2_00, 9).await;
        let cart = till.cart(&shop).await;
        cart.adds(&shop, mug, 3).await.ok();
        cart.adds(&shop, pen, 1).await.ok();
        cart.details(&shop).await;
        let parcel = Parcel::bought(&shop, &cart).await;
        let order = parcel.until(&shop, "state", "CONFIRMED").await;
        let line = order["lines"][0]["id"].clone();
        let input = json!({
            "orderId": parcel.order, "lines": [{ "orderLineId": line, "quantity": 2 }],
        });
        let first = parcel.does(&shop, "fulfillmentCreate", input).await.ok();
        let first = first.text("fulfillmentCreate.fulfillment.id");
        let rest = parcel.created(&shop).await;
        for id in [&first, &rest] {
            parcel.does(&shop, "fulfillmentPack", json!({ "id": id })).await.ok();
        }
        let ship = |id: &str| json!({ "id": id, "untracked": true });
        parcel.does(&shop, "fulfillmentShip", ship(&first)).await.ok();
        let order = parcel.until(&shop, "paymentStatus", "PAID").await;
        assert_eq!(flat(&order), ["IN_FULFILLMENT", "PARTIALLY_FULFILLED", "PAID"]);
        parcel.does(&shop, "fulfillmentDeliver", json!({ "id": first })).await.ok();
        parcel.does(&shop, "fulfillmentShip", ship(&rest)).await.ok();
        assert_eq!(flat(&parcel.read(&shop).await), ["IN_FULFILLMENT", "FULFILLED", "PAID"]);
        parcel.does(&shop, "fulfillmentDeliver", json!({ "id": rest })).await.ok();
        let order = parcel.read(&shop).await;
        assert_eq!(flat(&order), ["COMPLETED", "DELIVERED", "PAID"]);
        let parts: Vec<_> = order["fulfillments"].as_array().expect("two").iter().map(|one| one["lines"].clone()).collect();
        assert_eq!(parts, [
            json!([{ "quantity": 2, "orderLine": { "sku": "mug-only" } }]),
            json!([
                { "quantity": 1, "orderLine": { "sku": "mug-only" } },
                { "quantity": 1, "orderLine": { "sku": "pen-only" } },
            ]),
        ]);
        assert_eq!(findings(&shop).await, [""; 0]);
    }

    async fn a_piece_is_in_one_fulfillment_at_most(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let parcel = Parcel::bought(&shop, &cart).await;
        let order = parcel.until(&shop, "state", "CONFIRMED").await;
        let line = order["lines"][0]["id"].clone();
        let lines = |quantity: i64| json!({
            "orderId": parcel.order, "lines": [{ "orderLineId": line, "quantity": quantity }],
        });
        let unknown = "orderline_00000000000000000000000000";
        for (input, code, path) in [
            (lines(3), "GUARD_FAILED", "input.lines.0.quantity"),
            (lines(0), "VALIDATION", "input.lines.0.quantity"),
            (lines(1_000_000_000), "VALIDATION", "input.lines.0.quantity"),
            (json!({ "orderId": parcel.order, "lines": [{ "orderLineId": unknown, "quantity": 1 }] }),
                "NOT_FOUND", "input.lines.0.orderLineId"),
            (json!({ "orderId": parcel.order, "lines": [
                { "orderLineId": line, "quantity": 1 }, { "orderLineId": line, "quantity": 1 },
            ] }), "VALIDATION", "input.lines.1.orderLineId"),
            (json!({ "orderId": parcel.order, "lines": [] }), "GUARD_FAILED", "input.lines"),
            (json!({ "orderId": "order_00000000000000000000000000" }), "NOT_FOUND", "input.orderId"),
            (json!({ "orderId": parcel.order, "locationId": "loc_00000000000000000000000000" }),
                "NOT_FOUND", "input.locationId"),
        ] {
            let answer = parcel.does(&shop, "fulfillmentCreate", input.clone()).await;
            assert_eq!(answer.refusals("fulfillmentCreate"), [(code.into(), path.into())], "{input}");
        }
        assert_eq!(flat(&parcel.read(&shop).await), ["CONFIRMED", "UNFULFILLED", "AUTHORIZED"]);
        parcel.created(&shop).await;
        let again = parcel.does(&shop, "fulfillmentCreate", json!({ "orderId": parcel.order })).await;
        assert_eq!(again.codes("fulfillmentCreate"), ["GUARD_FAILED"]);
        assert_eq!(shop.count("fulfillments").await, 1);
    }

    async fn each_step_has_its_turn(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let parcel = Parcel::bought(&shop, &cart).await;
        parcel.until(&shop, "state", "CONFIRMED").await;
        let id = parcel.created(&shop).await;
        let early = parcel.does(&shop, "fulfillmentDeliver", json!({ "id": id })).await;
        let error = early.at("fulfillmentDeliver.errors.0");
        assert_eq!((error["code"].as_str(), error["from"].as_str()), (Some("INVALID_TRANSITION"), Some("released")));
        assert_eq!(error["allowed"], json!(["pack", "cancel"]));
        let stale = json!({ "id": id, "expectedVersion": 7 });
        let stale = parcel.does(&shop, "fulfillmentPack", stale).await;
        assert_eq!(stale.codes("fulfillmentPack"), ["VERSION_CONFLICT"]);
        parcel.does(&shop, "fulfillmentPack", json!({ "id": id })).await.ok();
        let mute = parcel.does(&shop, "fulfillmentShip", json!({ "id": id })).await;
        assert_eq!(mute.refusals("fulfillmentShip"), [("MISSING_FIELDS".into(), "input.tracking".into())]);
        let link = json!({ "number": "1", "carrier": "c", "url": "javascript:alert(1)" });
        let link = parcel.does(&shop, "fulfillmentShip", json!({ "id": id, "tracking": link })).await;
        assert_eq!(link.refusals("fulfillmentShip"), [("VALIDATION".into(), "input.tracking.url".into())]);
        let packed = json!({ "id": id, "reason": "changed our mind" });
        let packed = parcel.does(&shop, "fulfillmentCancel", packed).await;
        assert_eq!(packed.codes("fulfillmentCancel"), ["INVALID_TRANSITION"]);
        let bare = "mutation($id: ID!) { fulfillmentShip(input: { id: $id, untracked: true }) {
            fulfillment { id } errors { code path }
        } }";
        let bare = shop.ask(&parcel.warehouse, bare, json!({ "id": id })).await;
        assert_eq!(bare.codes("fulfillmentShip"), ["IDEMPOTENCY_KEY_REQUIRED"]);
        let order = parcel.read(&shop).await;
        assert_eq!(order["fulfillments"][0]["state"], "PACKED");
    }

    async fn an_order_whose_fulfillment_was_cancelled_can_be_cancelled(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let parcel = Parcel::bought(&shop, &cart).await;
        parcel.until(&shop, "state", "CONFIRMED").await;
        let id = parcel.created(&shop).await;
        let cancel = "mutation($id: ID!) { orderCancel(input: { id: $id, reason: \"too late\" }) {
            order { state } errors { code }
        } }";
        let support = shop.staff(Role::Support).await;
        let early = shop.ask(&support.key("cancel-too-early"), cancel, json!({ "id": parcel.order })).await;
        assert_eq!(early.codes("orderCancel"), ["INVALID_TRANSITION"]);
        let input = json!({ "id": id, "reason": "out of boxes" });
        let cancelled = parcel.does(&shop, "fulfillmentCancel", input).await.ok();
        assert_eq!(cancelled.text("fulfillmentCancel.fulfillment.order.state"), "CONFIRMED");
        let now = shop.ask(&support.key("cancel-just-now-1"), cancel, json!({ "id": parcel.order })).await.ok();
        assert_eq!(now.text("orderCancel.order.state"), "CANCELLED");
        let none = parcel.does(&shop, "fulfillmentCreate", json!({ "orderId": parcel.order })).await;
        assert_eq!(none.codes("fulfillmentCreate").len(), 1);
        assert_eq!(findings(&shop).await, [""; 0]);
    }

    async fn pieces_leave_from_where_they_were_promised(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 2).await;
        let north = shop.location("north").await;
        shop.receives(mug, north, 1).await;
        let cart = till.cart(&shop).await;
        cart.adds(&shop, mug, 3).await.ok();
        cart.details(&shop).await;
        let parcel = Parcel::bought(&shop, &cart).await;
        parcel.until(&shop, "state", "CONFIRMED").await;
        let all = parcel.does(&shop, "fulfillmentCreate", json!({ "orderId": parcel.order })).await.ok();
        assert_eq!(all.int("fulfillmentCreate.fulfillment.lines.0.quantity"), 2);
        let input = json!({ "orderId": parcel.order, "locationId": north });
        let rest = parcel.does(&shop, "fulfillmentCreate", input).await.ok();
        assert_eq!(rest.int("fulfillmentCreate.fulfillment.lines.0.quantity"), 1);
        for answer in [all, rest] {
            let id = answer.text("fulfillmentCreate.fulfillment.id");
            parcel.does(&shop, "fulfillmentPack", json!({ "id": id })).await.ok();
            parcel.does(&shop, "fulfillmentShip", json!({ "id": id, "untracked": true })).await.ok();
        }
        let order = parcel.until(&shop, "paymentStatus", "PAID").await;
        assert_eq!(flat(&order), ["IN_FULFILLMENT", "FULFILLED", "PAID"]);
        assert_eq!(shop.count("stock_levels WHERE on_hand = 0 AND committed = 0").await, 2);
        assert_eq!(findings(&shop).await, [""; 0]);
    }

    async fn an_order_on_hold_is_not_fulfilled(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let parcel = Parcel::bought(&shop, &cart).await;
        parcel.until(&shop, "state", "CONFIRMED").await;
        let hold = "mutation($id: ID!) { orderHold(input: { id: $id, reason: \"address\" }) {
            order { state } errors { code }
        } }";
        let support = shop.staff(Role::Support).await;
        shop.ask(&support.key("hold-it-for-a-bit"), hold, json!({ "id": parcel.order })).await.ok();
        let refused = parcel.does(&shop, "fulfillmentCreate", json!({ "orderId": parcel.order })).await;
        assert_eq!(refused.codes("fulfillmentCreate"), ["INVALID_TRANSITION"]);
        assert_eq!(shop.count("fulfillments").await, 0);
    }

    async fn who_may_not_see_the_order_does_not_see_its_parcels(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let parcel = Parcel::bought(&shop, &cart).await;
        parcel.until(&shop, "state", "CONFIRMED").await;
        let id = parcel.created(&shop).await;
        let one = "query($id: ID!) { fulfillment(id: $id) { state availableTransitions { action } } }";
        let seen = shop.ask(&parcel.buyer, one, json!({ "id": id })).await.ok();
        assert_eq!(seen.at("fulfillment"), &json!({ "state": "RELEASED", "availableTransitions": [] }));
        for who in [Who::guest(), Who::guest().order("another-secret"), shop.customer("ann").await] {
            let hidden = shop.ask(&who, one, json!({ "id": id })).await.ok();
            assert!(hidden.at_or_null("fulfillment").is_null());
            let denied = parcel.does_as(&shop, &who, "fulfillmentPack", json!({ "id": id })).await;
            assert_eq!(denied.fault(), Some("FORBIDDEN"));
        }
        let support = shop.staff(Role::Support).await;
        let denied = parcel.does_as(&shop, &support, "fulfillmentPack", json!({ "id": id })).await;
        assert_eq!(denied.fault(), Some("FORBIDDEN"));
        let work = "query($state: FulfillmentState) { fulfillments(state: $state) { nodes { id } } }";
        let list = shop.ask(&parcel.warehouse, work, json!({ "state": "RELEASED" })).await.ok();
        assert_eq!(list.at("fulfillments.nodes"), &json!([{ "id": id }]));
        let none = shop.ask(&parcel.warehouse, work, json!({ "state": "PACKED" })).await.ok();
        assert_eq!(none.at("fulfillments.nodes"), &json!([]));
        assert_eq!(shop.ask(&support, work, json!({})).await.fault(), Some("FORBIDDEN"));
    }

    async fn two_who_ship_one_parcel_at_once_ship_it_once(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let parcel = Parcel::bought(&shop, &cart).await;
        parcel.until(&shop, "state", "CONFIRMED").await;
        let id = parcel.created(&shop).await;
        parcel.does(&shop, "fulfillmentPack", json!({ "id": id })).await.ok();
        let ship = || parcel.does(&shop, "fulfillmentShip", json!({ "id": id, "untracked": true }));
        let (one, other) = tokio::join!(ship(), ship());
        let mut codes = [one.codes("fulfillmentShip"), other.codes("fulfillmentShip")].concat();
        codes.sort();
        assert_eq!(codes, ["INVALID_TRANSITION"]);
        parcel.until(&shop, "paymentStatus", "PAID").await;
        assert_eq!(findings(&shop).await, [""; 0]);
    }
}
