//! `order`: who sees what of it.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::Who;
use crate::harness::till::Till;

const TIMELINE: &str = "query($id: ID!, $after: String) { order(by: { id: $id }) {
    timeline(first: 3, after: $after) {
        nodes { subject action from to at }
        pageInfo { hasNextPage endCursor }
    }
} }";

fn actions(timeline: &Value) -> Vec<&str> {
    let nodes = timeline["nodes"].as_array().expect("nodes");
    nodes
        .iter()
        .filter_map(|one| one["action"].as_str())
        .collect()
}

both! {
    async fn an_order_is_what_was_bought_when_it_was(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 2).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let order = sale.read(&shop).await;
        assert_eq!(order["number"], "R1001");
        assert_eq!(order["state"], "CONFIRMED");
        let line = &order["lines"][0];
        assert_eq!(line["sku"], "mug-only");
        assert_eq!(line["taxRate"], "19");
        assert_eq!(line["unitPrice"]["amount"], "12.50");
        assert_eq!(line["total"], json!({
            "net": { "amount": "10.50" }, "tax": { "amount": "2.00" }, "gross": { "amount": "12.50" },
        }));
        assert_eq!(order["totals"]["subtotal"]["amount"], "12.50");
        assert_eq!(order["totals"]["shipping"]["amount"], "4.90");
        assert_eq!(order["totals"]["total"], json!({ "amount": "17.40", "currency": "EUR" }));
        assert_eq!(order["totals"]["tax"]["amount"], order["totals"]["taxes"][0]["tax"]["amount"]);
        assert_eq!(order["delivery"]["code"], "standard");
        assert_eq!(order["shippingAddress"]["city"], "Berlin");
        assert_eq!(order["contact"]["email"], "ada@example.com");
        assert_eq!(order["customer"], Value::Null);
        assert_eq!(order["payments"][0]["amount"]["amount"], "17.40");
        assert_eq!(order["availableTransitions"], json!([
            { "action": "cancel", "to": "cancelled", "requiredFields": ["reason"], "blockedBy": [] },
        ]));
        let second = till.buys(&shop, mug, "sandbox_decline").await;
        assert_eq!(second.number, "R1002");
        let failed = second.read(&shop).await;
        assert_eq!((&failed["state"], &failed["paymentStatus"]), (&json!("PAYMENT_FAILED"), &json!("FAILED")));
        assert_eq!(failed["payments"][0]["declineCode"], "insufficient_funds");
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn an_order_exists_only_for_who_may_see_it(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 9).await;
        let card = json!({ "method": "CARD", "token": "sandbox_approve" });
        let (ann, bob) = (shop.customer("ann").await, shop.customer("bob").await);
        let anns = till.buys_as(&shop, &ann, mug, card.clone()).await;
        let guests = till.buys(&shop, mug, "sandbox_approve").await;
        assert_eq!(anns.read(&shop).await["customer"]["email"], "ann@example.com");
        for (sale, who) in [
            (&anns, &bob),
            (&anns, &Who::guest()),
            (&anns, &guests.who),
            (&anns, &shop.staff(Role::Merchandiser).await),
            (&guests, &ann),
            (&guests, &Who::guest()),
            (&guests, &Who::guest().order("order_AAAA")),
        ] {
            let answer = sale.read_as(&shop, who).await.ok();
            assert_eq!(answer.at_or_null("order"), &Value::Null, "{who:?}");
            let by_number = "query($number: String!) { order(by: { number: $number }) { id } }";
            let answer = shop.ask(who, by_number, json!({ "number": sale.number })).await.ok();
            assert_eq!(answer.at_or_null("order"), &Value::Null, "{who:?}");
            let node = "query($id: ID!) { node(id: $id) { id } }";
            let answer = shop.ask(who, node, json!({ "id": sale.id })).await.ok();
            assert_eq!(answer.at_or_null("node"), &Value::Null, "{who:?}");
        }
        let by_number = "query($number: String!) { order(by: { number: $number }) { id } }";
        let found = shop.ask(&guests.who, by_number, json!({ "number": guests.number })).await.ok();
        assert_eq!(found.text("order.id"), guests.id);
    }

    async fn staff_sees_what_its_work_needs(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        for (role, contact, payments) in [
            (Role::Support, true, 1),
            (Role::Finance, true, 1),
            (Role::Admin, true, 1),
            (Role::Warehouse, false, 0),
        ] {
            let answer = sale.read_as(&shop, &shop.staff(role).await).await.ok();
            let order = answer.at("order");
            assert_eq!(order["contact"].is_object(), contact, "{role:?}");
            assert_eq!(order["payments"].as_array().map(Vec::len), Some(payments), "{role:?}");
            assert_eq!(order["shippingAddress"]["city"], "Berlin", "{role:?}");
        }
    }

    async fn a_buyer_sees_the_milestones_and_the_auditor_everything(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        sale.cancels(&shop).await.ok();
        shop.settles().await;
        let first = shop.ask(&sale.who, TIMELINE, json!({ "id": sale.id })).await.ok();
        let page = first.at("order.timeline");
        assert_eq!(actions(page), ["order.place", "payment.authorize", "order.confirm"]);
        assert_eq!(page["pageInfo"]["hasNextPage"], true);
        let after = json!({ "id": sale.id, "after": page["pageInfo"]["endCursor"] });
        let rest = shop.ask(&sale.who, TIMELINE, after).await.ok();
        assert_eq!(actions(rest.at("order.timeline")), ["order.cancel", "payment.void"]);
        let query = "query($id: ID!) { order(by: { id: $id }) {
            timeline(first: 100) { nodes { action actorKind actorId reason changes } }
        } }";
        let answer = shop.ask(&sale.who, query, json!({ "id": sale.id })).await;
        assert_eq!(answer.fault(), Some("FORBIDDEN"));
        let support = shop.staff(Role::Support).await;
        let answer = shop.ask(&support, query, json!({ "id": sale.id })).await.ok();
        let all = actions(answer.at("order.timeline"));
        for action in ["payment.open", "payment.send", "payment.void_request", "order.refresh"] {
            assert!(all.contains(&action), "{action} in {all:?}");
        }
        let told = answer.body.to_string();
        assert!(told.contains("changed my mind") && !told.contains("ada@example.com"), "{told}");
    }

    async fn a_broken_id_and_a_foreign_cursor_are_refused(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let query = "query($id: ID!) { order(by: { id: $id }) { id } }";
        for id in ["", "order_1", "cart_01h2xcejqtf2nbrexx3vqjhp41", "R1001"] {
            let answer = shop.ask(&sale.who, query, json!({ "id": id })).await;
            assert_eq!(answer.fault(), Some("VALIDATION"), "{id}");
        }
        let unknown = "order_01h2xcejqtf2nbrexx3vqjhp41";
        let answer = shop.ask(&sale.who, query, json!({ "id": unknown })).await.ok();
        assert_eq!(answer.at_or_null("order"), &Value::Null);
        for cursor in ["", "x", "eyJsIjoiIiwiayI6W119"] {
            let variables = json!({ "id": sale.id, "after": cursor });
            let answer = shop.ask(&sale.who, TIMELINE, variables).await;
            assert_eq!(answer.fault(), Some("INVALID_CURSOR"), "{cursor}");
        }
    }
}
