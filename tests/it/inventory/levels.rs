//! `stockLevels`, `stockPolicy`, `stockAdjust`, `stockSet`, `stockPolicySet`.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::{Shop, Who};

const LEVEL: &str = "fragment level on StockLevel {
    variant { sku } location { code } onHand committed unavailable safety available
}";

/// A mutation of stock, with a key of its own.
async fn does(shop: &Shop, who: &Who, field: &str, input: Value) -> Answer {
    let name = format!("{}{}", field[..1].to_uppercase(), &field[1..]);
    let query = format!(
        "{LEVEL} mutation($input: {name}Input!) {{ {field}(input: $input) {{
            level {{ ...level }} errors {{ code message path }}
        }} }}"
    );
    shop.ask(who, &query, json!({ "input": input })).await
}

async fn policy(shop: &Shop, who: &Who, input: Value) -> Answer {
    let query = "mutation($input: StockPolicySetInput!) { stockPolicySet(input: $input) {
        policy { variant { sku } tracked oversell version } errors { code path }
    } }";
    shop.ask(who, query, json!({ "input": input })).await
}

async fn levels(shop: &Shop, who: &Who, variant: &str) -> Value {
    let query = format!("{LEVEL} query($id: ID!) {{ stockLevels(variantId: $id) {{ ...level }} }}");
    let answer = shop.ask(who, &query, json!({ "id": variant })).await.ok();
    answer.at("stockLevels").clone()
}

/// A warehouse with a mug, and who keeps it.
async fn ground(shop: &Shop) -> (Who, String) {
    shop.tax_class("standard").await;
    shop.location("main").await;
    let mug = shop.variant("mug").await;
    (shop.staff(Role::Warehouse).await, mug.to_string())
}

const KEY: &str = "0123456789abcdef";

both! {
    async fn an_adjustment_adds_to_what_lies_there_and_happens_once_per_key(shop: Shop) {
        let (who, mug) = ground(&shop).await;
        let input = json!({
            "variantId": mug, "delta": 5, "reason": "RECEIVED", "idempotencyKey": KEY,
        });
        let answer = does(&shop, &who, "stockAdjust", input.clone()).await.ok();
        assert_eq!(answer.at("stockAdjust.level"), &json!({
            "variant": { "sku": "mug" }, "location": { "code": "main" },
            "onHand": 5, "committed": 0, "unavailable": 0, "safety": 0, "available": 5,
        }));
        let again = does(&shop, &who, "stockAdjust", input).await.ok();
        assert_eq!(again.body["extensions"]["idempotency"]["replayed"], json!(true));
        assert_eq!(again.int("stockAdjust.level.onHand"), 5);
        let other = json!({
            "variantId": mug, "delta": 6, "reason": "RECEIVED", "idempotencyKey": KEY,
        });
        let reused = does(&shop, &who, "stockAdjust", other).await;
        assert_eq!(reused.codes("stockAdjust"), ["IDEMPOTENCY_KEY_REUSED"]);
        let less = json!({ "variantId": mug, "delta": -2, "reason": "DAMAGED" });
        let less = does(&shop, &who.key("another-key-of-16"), "stockAdjust", less).await.ok();
        assert_eq!(less.int("stockAdjust.level.onHand"), 3);
        assert_eq!(shop.stock_findings().await, [""; 0]);
    }

    async fn an_adjustment_without_a_key_or_beyond_bounds_changes_nothing(shop: Shop) {
        let (who, mug) = ground(&shop).await;
        let five = json!({ "variantId": mug, "delta": 5, "reason": "FOUND" });
        let bare = does(&shop, &who, "stockAdjust", five).await;
        assert_eq!(bare.refusals("stockAdjust"),
            [("IDEMPOTENCY_KEY_REQUIRED".into(), "input.idempotencyKey".into())]);
        let nowhere = "loc_00000000000000000000000000";
        let nothing = "variant_00000000000000000000000000";
        for (input, code, path) in [
            (json!({ "variantId": mug, "delta": 0 }), "VALIDATION", "input.delta"),
            (json!({ "variantId": mug, "delta": 1_000_001 }), "VALIDATION", "input.delta"),
            (json!({ "variantId": mug, "delta": -1 }), "VALIDATION", "input.delta"),
            (json!({ "variantId": "mug", "delta": 1 }), "VALIDATION", "input.variantId"),
            (json!({ "variantId": nothing, "delta": 1 }), "NOT_FOUND", "input.variantId"),
            (json!({ "variantId": mug, "locationId": nowhere, "delta": 1 }), "NOT_FOUND", "input.locationId"),
        ] {
            let mut input = input;
            input["reason"] = json!("CORRECTION");
            input["idempotencyKey"] = json!(KEY);
            let answer = does(&shop, &who, "stockAdjust", input.clone()).await;
            assert_eq!(answer.refusals("stockAdjust"), [(code.into(), path.into())], "{input}");
        }
        assert_eq!(levels(&shop, &who, &mug).await, json!([]));
        assert_eq!(shop.stock_findings().await, [""; 0]);
    }

    async fn setting_demands_the_quantity_that_was_seen(shop: Shop) {
        let (who, mug) = ground(&shop).await;
        let set = |quantity: i64, expected: i64, key: &str| json!({
            "variantId": mug, "quantity": quantity, "expectedQuantity": expected,
            "idempotencyKey": key,
        });
        let first = does(&shop, &who, "stockSet", set(7, 0, "first-key-of-16-x")).await.ok();
        assert_eq!(first.int("stockSet.level.onHand"), 7);
        let stale = does(&shop, &who, "stockSet", set(9, 0, "second-key-of-16")).await;
        assert_eq!(stale.refusals("stockSet"),
            [("VERSION_CONFLICT".into(), "input.expectedQuantity".into())]);
        assert_eq!(stale.text("stockSet.errors.0.message"), "The quantity has changed: 7 lie there now.");
        let bad = does(&shop, &who, "stockSet", set(-1, 7, "third-key-of-16-x")).await;
        assert_eq!(bad.refusals("stockSet"), [("VALIDATION".into(), "input.quantity".into())]);
        let done = does(&shop, &who, "stockSet", set(0, 7, "fourth-key-of-16")).await.ok();
        assert_eq!(done.int("stockSet.level.onHand"), 0);
        assert_eq!(shop.stock_findings().await, [""; 0]);
    }

    async fn a_policy_is_tracked_and_denied_until_somebody_says_otherwise(shop: Shop) {
        let (who, mug) = ground(&shop).await;
        let query = "query($id: ID!) { stockPolicy(variantId: $id) { tracked oversell version } }";
        let before = shop.ask(&who, query, json!({ "id": mug })).await.ok();
        assert_eq!(before.at("stockPolicy"),
            &json!({ "tracked": true, "oversell": "DENY", "version": 0 }));
        let input = json!({ "variantId": mug, "oversell": "BACKORDER", "expectedVersion": 0 });
        let first = policy(&shop, &who, input).await.ok();
        assert_eq!(first.at("stockPolicySet.policy"),
            &json!({ "variant": { "sku": "mug" }, "tracked": true, "oversell": "BACKORDER", "version": 1 }));
        let stale = json!({ "variantId": mug, "tracked": false, "expectedVersion": 0 });
        let stale = policy(&shop, &who, stale).await;
        assert_eq!(stale.codes("stockPolicySet"), ["VERSION_CONFLICT"]);
        policy(&shop, &who, json!({ "variantId": mug, "tracked": false })).await.ok();
        let after = shop.ask(&who, query, json!({ "id": mug })).await.ok();
        assert_eq!(after.at("stockPolicy"),
            &json!({ "tracked": false, "oversell": "BACKORDER", "version": 2 }));
        let input = json!({ "variantId": mug, "delta": 1, "reason": "FOUND", "idempotencyKey": KEY });
        let uncounted = does(&shop, &who, "stockAdjust", input).await;
        assert_eq!(uncounted.refusals("stockAdjust"), [("GUARD_FAILED".into(), "input.variantId".into())]);
    }

    async fn a_closed_location_takes_nothing_in(shop: Shop) {
        let (who, mug) = ground(&shop).await;
        let north = shop.location("north").await;
        let close = "mutation($id: ID!) { locationUpdate(input: { id: $id, active: false }) {
            errors { code }
        } }";
        shop.ask(&who, close, json!({ "id": north })).await.ok();
        let input = json!({
            "variantId": mug, "locationId": north, "delta": 1, "reason": "FOUND",
            "idempotencyKey": KEY,
        });
        let refused = does(&shop, &who, "stockAdjust", input).await;
        assert_eq!(refused.refusals("stockAdjust"), [("GUARD_FAILED".into(), "input.locationId".into())]);
    }

    async fn exact_figures_are_for_those_who_keep_or_sell_stock(shop: Shop) {
        let (warehouse, mug) = ground(&shop).await;
        let query = "query($id: ID!) { stockLevels(variantId: $id) { onHand } }";
        for (role, sees) in [
            (Role::Guest, false),
            (Role::Merchandiser, true),
            (Role::Support, true),
            (Role::Finance, false),
        ] {
            let who = shop.staff(role).await;
            let answer = shop.ask(&who, query, json!({ "id": mug })).await;
            let wanted = if sees { None } else { Some("FORBIDDEN") };
            assert_eq!(answer.fault(), wanted, "{}", role.as_str());
            let input = json!({ "variantId": mug, "delta": 1, "reason": "FOUND", "idempotencyKey": KEY });
            let denied = does(&shop, &who, "stockAdjust", input).await;
            assert_eq!(denied.fault(), Some("FORBIDDEN"), "{}", role.as_str());
        }
        assert_eq!(levels(&shop, &warehouse, &mug).await, json!([]));
    }
}
