//! `orders`, and the orders of a customer.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::Who;
use crate::harness::till::Till;

const ORDERS: &str =
    "query($filter: OrderFilter, $first: Int, $after: String, $last: Int, $before: String) {
    orders(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
        nodes { number lines { sku } payments { state } availableTransitions { action } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        totalCount
    }
}";

fn numbers(page: &Value) -> Vec<&str> {
    let nodes = page["nodes"].as_array().expect("nodes");
    nodes
        .iter()
        .filter_map(|one| one["number"].as_str())
        .collect()
}

both! {
    async fn staff_reads_all_orders_page_by_page(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 9).await;
        for token in ["sandbox_approve", "sandbox_decline", "sandbox_approve"] {
            till.buys(&shop, mug, token).await;
        }
        let support = shop.staff(Role::Support).await;
        let all = shop.ask(&support, ORDERS, json!({})).await.ok();
        assert_eq!(numbers(all.at("orders")), ["R1003", "R1002", "R1001"]);
        assert_eq!(all.int("orders.totalCount"), 3);
        let first = shop.ask(&support, ORDERS, json!({ "first": 2 })).await.ok();
        assert_eq!(numbers(first.at("orders")), ["R1003", "R1002"]);
        assert_eq!(first.at("orders.pageInfo.hasNextPage"), true);
        let after = json!({ "first": 2, "after": first.text("orders.pageInfo.endCursor") });
        let second = shop.ask(&support, ORDERS, after).await.ok();
        assert_eq!(numbers(second.at("orders")), ["R1001"]);
        assert_eq!(second.at("orders.pageInfo.hasNextPage"), false);
        let before = json!({ "last": 1, "before": second.text("orders.pageInfo.startCursor") });
        let back = shop.ask(&support, ORDERS, before).await.ok();
        assert_eq!(numbers(back.at("orders")), ["R1002"]);
        assert_eq!(all.statements, first.statements);
    }

    async fn filters_narrow_the_list_and_bind_its_cursors(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 9).await;
        till.buys(&shop, mug, "sandbox_decline").await;
        till.buys(&shop, mug, "sandbox_approve").await;
        let support = shop.staff(Role::Support).await;
        for (filter, wanted) in [
            (json!({ "states": ["CONFIRMED"] }), vec!["R1002"]),
            (json!({ "states": ["CONFIRMED", "PAYMENT_FAILED"] }), vec!["R1002", "R1001"]),
            (json!({ "paymentStatuses": ["FAILED"] }), vec!["R1001"]),
            (json!({ "number": "R1001" }), vec!["R1001"]),
            (json!({ "number": "r1' OR 1=1" }), vec![]),
            (json!({ "channelId": till.market.us }), vec![]),
            (json!({ "channelId": till.market.eu }), vec!["R1002", "R1001"]),
            (json!({ "placedUntil": "2020-01-01T00:00:00Z" }), vec![]),
            (json!({ "placedFrom": "2020-01-01T00:00:00Z" }), vec!["R1002", "R1001"]),
        ] {
            let answer = shop.ask(&support, ORDERS, json!({ "filter": filter })).await.ok();
            assert_eq!(numbers(answer.at("orders")), wanted, "{filter}");
        }
        let page = shop.ask(&support, ORDERS, json!({ "first": 1 })).await.ok();
        let cursor = page.text("orders.pageInfo.endCursor");
        let other = json!({ "after": cursor, "filter": { "states": ["CONFIRMED"] } });
        let answer = shop.ask(&support, ORDERS, other).await;
        assert_eq!(answer.fault(), Some("INVALID_CURSOR"));
        let foreign = json!({ "filter": { "customerId": "order_01h2xcejqtf2nbrexx3vqjhp41" } });
        assert_eq!(shop.ask(&support, ORDERS, foreign).await.fault(), Some("VALIDATION"));
        for first in [0, -1, 101] {
            let answer = shop.ask(&support, ORDERS, json!({ "first": first })).await;
            assert_eq!(answer.fault(), Some("VALIDATION"), "{first}");
        }
    }

    async fn a_customer_lists_their_own_orders_only(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 9).await;
        let card = || json!({ "method": "CARD", "token": "sandbox_approve" });
        let (ann, bob) = (shop.customer("ann").await, shop.customer("bob").await);
        till.buys_as(&shop, &ann, mug, card()).await;
        till.buys_as(&shop, &bob, mug, card()).await;
        till.buys_as(&shop, &ann, mug, card()).await;
        till.buys(&shop, mug, "sandbox_approve").await;
        let mine = "{ me { orders { nodes { number } totalCount } } }";
        let answer = shop.ask(&ann, mine, json!({})).await.ok();
        assert_eq!(numbers(answer.at("me.orders")), ["R1003", "R1001"]);
        assert_eq!(answer.int("me.orders.totalCount"), 2);
        for who in [&ann, &Who::guest(), &shop.staff(Role::Merchandiser).await] {
            assert_eq!(shop.ask(who, ORDERS, json!({})).await.fault(), Some("FORBIDDEN"));
        }
    }
}
