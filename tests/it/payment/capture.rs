//! `paymentCapture`.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::sale::Sale;
use crate::harness::till::Till;
use crate::harness::{Shop, Who};

async fn captures(
    shop: &Shop,
    who: &Who,
    payment: &Value,
    amount: Option<&str>,
    key: &str,
) -> Answer {
    let money = amount.map(|amount| json!({ "amount": amount, "currency": "EUR" }));
    let input = json!({ "id": payment, "amount": money, "idempotencyKey": key });
    asks(shop, who, input).await
}

async fn asks(shop: &Shop, who: &Who, input: Value) -> Answer {
    let query = "mutation($input: PaymentCaptureInput!) { paymentCapture(input: $input) {
        payment { state operations { kind state amount { amount } } }
        errors { code message path ... on VersionConflictError { currentVersion } }
    } }";
    shop.ask(who, query, json!({ "input": input })).await
}

async fn status(shop: &Shop, sale: &Sale) -> String {
    let order = sale.read(shop).await;
    order["paymentStatus"]
        .as_str()
        .expect("a status")
        .to_owned()
}

both! {
    async fn finance_takes_the_money_in_parts(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let finance = shop.staff(Role::Finance).await;
        let payment = sale.payment(&shop, &finance).await["id"].clone();
        let answer = captures(&shop, &finance, &payment, Some("10.00"), "the-first-part-of-it").await.ok();
        assert_eq!(answer.text("paymentCapture.payment.state"), "AUTHORIZED");
        assert_eq!(answer.text("paymentCapture.payment.operations.1.state"), "CREATED");
        // What is on its way counts: 7.40 are left.
        let more = captures(&shop, &finance, &payment, Some("7.41"), "more-than-there-is-left").await;
        assert_eq!(more.refusals("paymentCapture"), [("AMOUNT_EXCEEDS_BALANCE".into(), "input.amount.amount".into())]);
        shop.settles().await;
        assert_eq!(status(&shop, &sale).await, "PARTIALLY_PAID");
        captures(&shop, &finance, &payment, None, "and-all-that-is-left").await.ok();
        shop.settles().await;
        assert_eq!(status(&shop, &sale).await, "PAID");
        let seen = sale.payment(&shop, &finance).await;
        assert_eq!((&seen["state"], &seen["captured"]["amount"]), (&json!("CAPTURED"), &json!("17.40")));
        let again = captures(&shop, &finance, &payment, None, "when-all-is-taken-already").await;
        assert_eq!(again.codes("paymentCapture"), ["INVALID_TRANSITION"]);
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn a_capture_that_cannot_be_changes_nothing(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 9).await;
        let sale = till.buys(&shop, mug, "sandbox_approve").await;
        let invoice = till.buys_on_invoice(&shop, mug).await;
        let finance = shop.staff(Role::Finance).await;
        let support = shop.staff(Role::Support).await;
        let payment = sale.payment(&shop, &finance).await["id"].clone();
        let bill = invoice.payment(&shop, &finance).await["id"].clone();
        let before = shop.dump().await;
        for who in [&sale.who, &support] {
            let answer = captures(&shop, who, &payment, None, "somebody-who-may-not").await;
            assert_eq!(answer.fault(), Some("FORBIDDEN"));
        }
        let usd = json!({ "amount": "1.00", "currency": "USD" });
        let eur = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
        let key = "a-key-for-each-of-them";
        let unknown = "payment_01h2xcejqtf2nbrexx3vqjhp41";
        for (input, code, path) in [
            (json!({ "id": payment, "amount": usd }), "CURRENCY_MISMATCH", "input.amount.currency"),
            (json!({ "id": payment, "amount": eur("0.00") }), "VALIDATION", "input.amount.amount"),
            (json!({ "id": payment, "amount": eur("-1.00") }), "VALIDATION", "input.amount.amount"),
            (json!({ "id": payment, "amount": eur("1.001") }), "VALIDATION", "input.amount.amount"),
            (json!({ "id": payment, "amount": eur("99999999999999999999") }), "VALIDATION", "input.amount.amount"),
            (json!({ "id": payment, "amount": eur("17.41") }), "AMOUNT_EXCEEDS_BALANCE", "input.amount.amount"),
            (json!({ "id": payment, "expectedVersion": 1 }), "VERSION_CONFLICT", "input.expectedVersion"),
            (json!({ "id": unknown }), "NOT_FOUND", "input.id"),
            (json!({ "id": sale.id }), "VALIDATION", "input.id"),
            (json!({ "id": bill }), "GUARD_FAILED", "input.id"),
        ] {
            let mut input = input;
            input["idempotencyKey"] = json!(key);
            let answer = asks(&shop, &finance, input.clone()).await;
            assert_eq!(answer.refusals("paymentCapture"), [(code.into(), path.into())], "{input}");
        }
        assert_eq!(shop.dump().await, before);
    }

    async fn a_capture_that_the_provider_refuses_leaves_the_authorization(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_capture_decline_expired").await;
        let finance = shop.staff(Role::Finance).await;
        let payment = sale.payment(&shop, &finance).await["id"].clone();
        captures(&shop, &finance, &payment, None, "the-provider-says-no").await.ok();
        shop.settles().await;
        let seen = sale.payment(&shop, &finance).await;
        assert_eq!(seen["state"], "AUTHORIZED");
        assert_eq!(seen["operations"][1]["state"], "FAILED");
        assert_eq!(seen["operations"][1]["declineCode"], "expired");
        assert_eq!(status(&shop, &sale).await, "AUTHORIZED");
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }
}
