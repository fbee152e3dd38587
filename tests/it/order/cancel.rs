//! `orderCancel`.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::Who;
use crate::harness::till::Till;

const REASON: &str = "changed my mind";

fn operations(payment: &Value) -> Vec<(String, String)> {
    let operations = payment["operations"].as_array().expect("operations");
    let text = |value: &'static str| move |one: &Value| one[value].as_str().map(str::to_owned);
    let pair = |one: &Value| Some((text("kind")(one)?, text("state")(one)?));
    operations.iter().filter_map(pair).collect()
}

fn done(kinds: &[&str]) -> Vec<(String, String)> {
    let pair = |kind: &&str| ((*kind).to_owned(), "SUCCEEDED".to_owned());
    kinds.iter().map(pair).collect()
}

both! {
    async fn a_guest_cancels_and_the_authorization_is_voided(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let before = sale.read(&shop).await;
        assert_eq!((&before["state"], &before["paymentStatus"]), (&json!("CONFIRMED"), &json!("AUTHORIZED")));
        let answer = sale.cancels(&shop).await.ok();
        assert_eq!(answer.text("orderCancel.order.state"), "CANCELLED");
        shop.settles().await;
        let order = sale.read(&shop).await;
        assert_eq!(order["paymentStatus"], "VOIDED");
        assert_eq!(order["cancelReason"], REASON);
        assert_eq!(order["lines"][0]["cancelledQuantity"], 1);
        assert_eq!(order["payments"][0]["state"], "VOIDED");
        assert_eq!(order["payments"][0]["captured"]["amount"], "0.00");
        assert_eq!(order["availableTransitions"], json!([]));
        assert!(order["cancelledAt"].is_string());
        assert_eq!(shop.findings().await, Vec::<String>::new());
        // The only mug is for sale again.
        let again = till.buys(&shop, mug, "sandbox_approve").await;
        assert_eq!(again.read(&shop).await["state"], "CONFIRMED");
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn money_that_was_taken_is_paid_back(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let finance = shop.staff(Role::Finance).await;
        let payment = sale.payment(&shop, &finance).await;
        let input = json!({ "id": payment["id"], "idempotencyKey": "capture-all-of-it" });
        let query = "mutation($input: PaymentCaptureInput!) { paymentCapture(input: $input) { errors { code } } }";
        shop.ask(&finance, query, json!({ "input": input })).await.ok();
        shop.settles().await;
        assert_eq!(sale.read(&shop).await["paymentStatus"], "PAID");
        sale.cancels(&shop).await.ok();
        shop.settles().await;
        let payment = sale.payment(&shop, &finance).await;
        assert_eq!(payment["state"], "REFUNDED");
        assert_eq!(payment["refunded"], payment["captured"]);
        assert_eq!(operations(&payment), done(&["AUTHORIZE", "CAPTURE", "REFUND"]));
        assert_eq!(sale.read(&shop).await["paymentStatus"], "REFUNDED");
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn an_invoice_that_nobody_has_approved_is_voided(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys_on_invoice(&shop, mug).await;
        assert_eq!(sale.read(&shop).await["state"], "PENDING_PAYMENT");
        sale.cancels(&shop).await.ok();
        shop.settles().await;
        assert_eq!(sale.read(&shop).await["paymentStatus"], "VOIDED");
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn a_cancelled_order_is_not_cancelled_again(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        sale.cancels(&shop).await.ok();
        let input = json!({ "reason": REASON, "idempotencyKey": "another-key-of-mine" });
        let answer = sale.does(&shop, "orderCancel", input).await;
        assert_eq!(answer.codes("orderCancel"), ["INVALID_TRANSITION"]);
        assert_eq!(answer.text("orderCancel.errors.0.from"), "cancelled");
        assert_eq!(answer.at("orderCancel.errors.0.allowed"), &json!([]));
    }

    async fn two_cancellations_with_one_key_are_one(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let first = sale.cancels(&shop).await.ok();
        assert_eq!(first.body["extensions"]["idempotency"]["replayed"], false);
        let second = sale.cancels(&shop).await.ok();
        assert_eq!(second.body["extensions"]["idempotency"]["replayed"], true);
        assert_eq!(second.text("orderCancel.order.state"), "CANCELLED");
        shop.settles().await;
        let payment = sale.payment(&shop, &shop.staff(Role::Finance).await).await;
        assert_eq!(operations(&payment), done(&["AUTHORIZE", "VOID"]));
        let other = json!({ "reason": "another reason" });
        let answer = sale.does(&shop, "orderCancel", other).await;
        assert_eq!(answer.codes("orderCancel"), ["IDEMPOTENCY_KEY_REUSED"]);
    }

    async fn a_refusal_changes_nothing(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let (ann, warehouse) = (shop.customer("ann").await, shop.staff(Role::Warehouse).await);
        let before = shop.dump().await;
        let input = || json!({ "reason": REASON });
        for who in [ann, Who::guest().order("order_not-the-one")] {
            let answer = sale.does_as(&shop, &who, "orderCancel", input()).await;
            assert_eq!(answer.refusals("orderCancel"), [("NOT_FOUND".into(), "input.id".into())]);
        }
        let answer = sale.does_as(&shop, &warehouse, "orderCancel", input()).await;
        assert_eq!(answer.fault(), Some("FORBIDDEN"));
        let long = "a".repeat(501);
        for (input, code, path) in [
            (json!({ "reason": REASON, "expectedVersion": 1 }), "VERSION_CONFLICT", "input.expectedVersion"),
            (json!({ "reason": "" }), "VALIDATION", "input.reason"),
            (json!({ "reason": long }), "VALIDATION", "input.reason"),
            (json!({ "reason": "4111 1111 1111 1111" }), "VALIDATION", "input.reason"),
            (json!({ "reason": REASON, "idempotencyKey": null }), "IDEMPOTENCY_KEY_REQUIRED", "input.idempotencyKey"),
            (json!({ "reason": REASON, "idempotencyKey": "short" }), "IDEMPOTENCY_KEY_INVALID", "input.idempotencyKey"),
        ] {
            let answer = sale.does(&shop, "orderCancel", input.clone()).await;
            assert_eq!(answer.refusals("orderCancel"), [(code.into(), path.into())], "{input}");
        }
        assert_eq!(shop.dump().await, before);
    }

    async fn an_order_whose_payment_is_not_known_yet_cannot_be_cancelled(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_timeout_after").await;
        assert_eq!(sale.read(&shop).await["state"], "PENDING_PAYMENT");
        let answer = sale.cancels(&shop).await;
        assert_eq!(answer.codes("orderCancel"), ["GUARD_FAILED"]);
        assert_eq!(answer.text("orderCancel.errors.0.blockedBy.0.guard"), "paymentSettled");
        shop.settles_until(|| async { sale.read(&shop).await["state"] == "CONFIRMED" }).await;
        let input = json!({ "reason": REASON, "idempotencyKey": "once-it-is-settled" });
        sale.does(&shop, "orderCancel", input).await.ok();
        shop.settles().await;
        assert_eq!(sale.read(&shop).await["paymentStatus"], "VOIDED");
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn what_a_dry_run_cancels_stays_as_it_was(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let before = shop.dump().await;
        let dry = sale.who.with("x-dry-run", "true");
        let answer = sale.does_as(&shop, &dry, "orderCancel", json!({ "reason": REASON })).await.ok();
        assert_eq!(answer.text("orderCancel.order.state"), "CANCELLED");
        assert_eq!(answer.body["extensions"]["dryRun"], true);
        assert_eq!(shop.dump().await, before);
    }
}
