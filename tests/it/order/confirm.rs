//! `orderConfirm`: invoices wait for finance.

use rialto::kernel::permission::Role;
use serde_json::json;

use crate::both;
use crate::harness::till::Till;

both! {
    async fn finance_approves_an_invoice_and_the_order_goes_on(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys_on_invoice(&shop, mug).await;
        let order = sale.read(&shop).await;
        assert_eq!((&order["state"], &order["paymentStatus"]), (&json!("PENDING_PAYMENT"), &json!("PENDING")));
        let finance = shop.staff(Role::Finance).await;
        let seen = sale.read_as(&shop, &finance).await.ok();
        let confirm = json!([{ "action": "confirm", "to": "confirmed", "requiredFields": [], "blockedBy": [] }]);
        assert_eq!(seen.at("order.availableTransitions"), &confirm);
        let answer = sale.does_as(&shop, &finance, "orderConfirm", json!({})).await.ok();
        assert_eq!(answer.text("orderConfirm.order.state"), "CONFIRMED");
        let order = sale.read(&shop).await;
        assert_eq!(order["paymentStatus"], "AUTHORIZED");
        assert_eq!(order["payments"][0]["method"], "INVOICE");
        assert!(order["confirmedAt"].is_string());
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn an_approved_invoice_is_marked_as_paid_once(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys_on_invoice(&shop, mug).await;
        let finance = shop.staff(Role::Finance).await;
        let query = "mutation($input: PaymentMarkPaidInput!) { paymentMarkPaid(input: $input) {
            payment { state captured { amount } order { paymentStatus } } errors { code path }
        } }";
        let payment = sale.payment(&shop, &finance).await["id"].clone();
        let input = |key: &str| json!({ "input": { "id": payment, "idempotencyKey": key } });
        let early = shop.ask(&finance, query, input("before-it-is-approved")).await;
        assert_eq!(early.codes("paymentMarkPaid"), ["INVALID_TRANSITION"]);
        sale.does_as(&shop, &finance, "orderConfirm", json!({})).await.ok();
        let paid = shop.ask(&finance, query, input("once-it-is-approved")).await.ok();
        assert_eq!(paid.text("paymentMarkPaid.payment.state"), "CAPTURED");
        assert_eq!(paid.text("paymentMarkPaid.payment.captured.amount"), "17.40");
        assert_eq!(paid.text("paymentMarkPaid.payment.order.paymentStatus"), "PAID");
        let again = shop.ask(&finance, query, input("and-a-second-time")).await;
        assert_eq!(again.codes("paymentMarkPaid"), ["INVALID_TRANSITION"]);
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn a_paid_invoice_of_a_cancelled_order_is_refunded(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys_on_invoice(&shop, mug).await;
        let finance = shop.staff(Role::Finance).await;
        sale.does_as(&shop, &finance, "orderConfirm", json!({})).await.ok();
        let payment = sale.payment(&shop, &finance).await["id"].clone();
        let query = "mutation($input: PaymentMarkPaidInput!) { paymentMarkPaid(input: $input) { errors { code } } }";
        let input = json!({ "id": payment, "idempotencyKey": "the-money-has-come" });
        shop.ask(&finance, query, json!({ "input": input })).await.ok();
        sale.cancels(&shop).await.ok();
        shop.settles().await;
        assert_eq!(sale.read(&shop).await["paymentStatus"], "REFUNDED");
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn only_finance_confirms_and_only_what_waits(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 9).await;
        let invoice = till.buys_on_invoice(&shop, mug).await;
        let card = till.buys(&shop, mug, "sandbox_approve").await;
        let pending = till.buys(&shop, mug, "sandbox_challenge").await;
        let before = shop.dump().await;
        for who in [&invoice.who, &shop.staff(Role::Support).await] {
            let answer = invoice.does_as(&shop, who, "orderConfirm", json!({})).await;
            assert_eq!(answer.fault(), Some("FORBIDDEN"));
        }
        let finance = shop.staff(Role::Finance).await;
        let answer = card.does_as(&shop, &finance, "orderConfirm", json!({})).await;
        assert_eq!(answer.codes("orderConfirm"), ["INVALID_TRANSITION"]);
        let answer = pending.does_as(&shop, &finance, "orderConfirm", json!({})).await;
        assert_eq!(answer.codes("orderConfirm"), ["GUARD_FAILED"]);
        assert_eq!(answer.text("orderConfirm.errors.0.blockedBy.0.guard"), "isFunded");
        let rows = |dump: Vec<(String, String)>| -> Vec<(String, String)> {
            let people = ["accounts", "audit_entries", "audit_heads", "outbox_events"];
            dump.into_iter().filter(|(table, _)| !people.contains(&table.as_str())).collect()
        };
        assert_eq!(rows(shop.dump().await), rows(before));
    }
}
