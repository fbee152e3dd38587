//! How a completion ends, by what the provider says.

use std::time::Duration;

use serde_json::json;

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::checkout::opener;
use crate::harness::shop::Shop;
use crate::harness::till::Till;

/// Reads the order until its state is another than `pending_payment`.
async fn settled(shop: &Shop, completed: &Answer) -> Answer {
    for _ in 0..200 {
        let order = shop.order(completed).await.ok();
        if order.text("order.state") != "PENDING_PAYMENT" {
            return order;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the order stays pending");
}

both! {
    async fn an_approved_payment_makes_a_confirmed_order(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let done = cart.completes(&shop, "sandbox_approve").await.ok();
        assert_eq!(done.text("cartComplete.status"), "PLACED");
        assert_eq!(done.text("cartComplete.order.state"), "CONFIRMED");
        assert_eq!(done.text("cartComplete.order.paymentStatus"), "AUTHORIZED");
        assert_eq!(done.text("cartComplete.cart.state"), "ORDERED");
        assert_eq!(done.text("cartComplete.order.totals.total.amount"), "29.90");
        let order = shop.order(&done).await.ok();
        assert_eq!(order.at("order.lines"), &json!([{ "sku": "mug-only", "quantity": 2 }]));
        assert_eq!(shop.stock_findings().await, Vec::<String>::new());
    }

    async fn a_declined_payment_gives_the_cart_back(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let done = cart.completes(&shop, "sandbox_decline").await;
        assert_eq!(done.codes("cartComplete"), ["PAYMENT_DECLINED"]);
        assert_eq!(done.text("cartComplete.status"), "DECLINED");
        assert_eq!(done.text("cartComplete.order.state"), "PAYMENT_FAILED");
        assert_eq!(done.text("cartComplete.cart.state"), "ACTIVE");
        let again = cart.completes(&shop, "sandbox_approve").await.ok();
        assert_eq!(again.text("cartComplete.order.state"), "CONFIRMED");
        assert_ne!(
            again.text("cartComplete.order.id"),
            done.text("cartComplete.order.id")
        );
        assert_eq!(shop.stock_findings().await, Vec::<String>::new());
    }

    async fn a_request_that_never_arrived_fails_in_the_end(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let done = cart.completes(&shop, "sandbox_timeout_before").await.ok();
        assert_eq!(done.text("cartComplete.status"), "PENDING");
        let order = settled(&shop, &done).await;
        assert_eq!(order.text("order.state"), "PAYMENT_FAILED");
        assert_eq!(cart.read(&shop).await.text("cart.state"), "ACTIVE");
    }

    async fn a_request_that_was_done_unheard_is_found(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let done = cart.completes(&shop, "sandbox_timeout_after").await.ok();
        assert_eq!(done.text("cartComplete.status"), "PENDING");
        let order = settled(&shop, &done).await;
        assert_eq!(order.text("order.state"), "CONFIRMED");
        assert_eq!(order.text("order.paymentStatus"), "AUTHORIZED");
    }

    async fn a_notice_that_comes_twice_changes_nothing(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let done = cart.completes(&shop, "sandbox_duplicate_callback").await.ok();
        assert_eq!(done.text("cartComplete.order.state"), "CONFIRMED");
        tokio::time::sleep(Duration::from_millis(300)).await;
        let order = shop.order(&done).await.ok();
        assert_eq!(order.text("order.paymentStatus"), "AUTHORIZED");
    }

    async fn an_invoice_waits_for_finance(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let mut input = cart.completion(&shop, "").await;
        input["payment"] = json!({ "method": "INVOICE" });
        let done = cart.asks_completion(&shop, "an-invoice-please", input).await.ok();
        assert_eq!(done.text("cartComplete.status"), "AWAITING_APPROVAL");
        assert_eq!(done.text("cartComplete.order.state"), "PENDING_PAYMENT");
        assert_eq!(done.text("cartComplete.cart.state"), "ORDERED");
    }

    async fn the_same_key_gives_the_same_order_and_another_input_is_refused(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let input = cart.completion(&shop, "sandbox_approve").await;
        let key = "once-and-only-once";
        let first = cart.asks_completion(&shop, key, input.clone()).await.ok();
        let second = cart.asks_completion(&shop, key, input.clone()).await.ok();
        for path in ["cartComplete.order.id", "cartComplete.orderToken"] {
            assert_eq!(first.text(path), second.text(path));
        }
        assert_eq!(second.body["extensions"]["idempotency"]["replayed"], true);
        let mut other = input.clone();
        other["payment"]["token"] = json!("sandbox_decline");
        let reused = cart.asks_completion(&shop, key, other).await;
        assert_eq!(reused.codes("cartComplete"), ["IDEMPOTENCY_KEY_REUSED"]);
        let ordered = cart.asks_completion(&shop, "another-key-of-mine", input).await;
        assert_eq!(ordered.codes("cartComplete"), ["CART_ALREADY_ORDERED"]);
        assert_eq!(
            ordered.text("cartComplete.errors.0.orderId"),
            first.text("cartComplete.order.id")
        );
    }

    async fn only_the_token_opens_a_guests_order(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let done = cart.completes(&shop, "sandbox_approve").await.ok();
        let id = done.text("cartComplete.order.id");
        for who in [crate::harness::Who::guest(), cart.who.clone()] {
            let order = shop.order_as(&who, &id).await.ok();
            assert_eq!(order.at_or_null("order"), &json!(null));
        }
        assert_eq!(shop.order_as(&opener(&done), &id).await.text("order.id"), id);
    }
}
