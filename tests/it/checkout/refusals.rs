//! Completions that are refused before anything is written.

use serde_json::json;

use crate::both;
use crate::harness::till::Till;

both! {
    async fn a_key_is_demanded(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let input = cart.completion(&shop, "sandbox_approve").await;
        let query = "mutation($input: CartCompleteInput!) {
            cartComplete(input: $input) { order { id } errors { code path } }
        }";
        let answer = shop.ask(&cart.who, query, json!({ "input": input })).await;
        assert_eq!(answer.codes("cartComplete"), ["IDEMPOTENCY_KEY_REQUIRED"]);
    }

    async fn a_total_that_was_not_agreed_is_refused_with_both(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let mut input = cart.completion(&shop, "sandbox_approve").await;
        input["expectedTotal"]["amount"] = json!("1.00");
        let answer = cart.asks_completion(&shop, "a-key-of-sixteen", input).await;
        assert_eq!(answer.codes("cartComplete"), ["PRICE_CHANGED"]);
        assert_eq!(answer.text("cartComplete.errors.0.actual.amount"), "29.90");
        assert_eq!(cart.read(&shop).await.text("cart.state"), "ACTIVE");
    }

    async fn another_currency_is_refused(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let mut input = cart.completion(&shop, "sandbox_approve").await;
        input["expectedTotal"]["currency"] = json!("USD");
        let answer = cart.asks_completion(&shop, "a-key-of-sixteen", input).await;
        assert_eq!(answer.codes("cartComplete"), ["CURRENCY_MISMATCH"]);
    }

    async fn a_stale_version_is_refused_with_the_current_one(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let mut input = cart.completion(&shop, "sandbox_approve").await;
        let version = input["expectedVersion"].as_i64().unwrap_or_default();
        input["expectedVersion"] = json!(version - 1);
        let answer = cart.asks_completion(&shop, "a-key-of-sixteen", input).await;
        assert_eq!(answer.codes("cartComplete"), ["VERSION_CONFLICT"]);
        assert_eq!(answer.int("cartComplete.errors.0.currentVersion"), version);
    }

    async fn a_cart_that_is_not_ready_says_all_that_is_missing(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let cart = till.cart(&shop).await;
        cart.adds(&shop, mug, 2).await.ok();
        let answer = cart.completes(&shop, "sandbox_approve").await;
        assert_eq!(answer.codes("cartComplete"), ["CART_NOT_READY"]);
        let missing = answer.at("cartComplete.errors.0.fields");
        assert_eq!(missing, &json!(["CONTACT", "SHIPPING_ADDRESS", "DELIVERY_METHOD"]));
    }

    async fn a_card_number_is_no_token(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let answer = cart.completes(&shop, "4111111111111111").await;
        assert_eq!(answer.codes("cartComplete"), ["VALIDATION"]);
        let none = cart.completes(&shop, "").await;
        assert_eq!(none.codes("cartComplete"), ["VALIDATION"]);
    }

    async fn a_dry_run_of_a_completion_leaves_the_cart_as_it_was(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let input = cart.completion(&shop, "sandbox_approve").await;
        let mut dry = cart.who.with("x-dry-run", "true");
        dry = dry.key("a-key-of-sixteen");
        let query = crate::harness::checkout::COMPLETE;
        let answer = shop.ask(&dry, query, json!({ "input": input })).await.ok();
        assert_eq!(answer.text("cartComplete.status"), "PENDING");
        assert_eq!(answer.text("cartComplete.warnings.0.code"), "DRY_RUN");
        assert_eq!(cart.read(&shop).await.text("cart.state"), "ACTIVE");
        assert_eq!(shop.count("orders").await, 0);
    }
}
