//! Notices from providers.

use rialto::domain::payment::commands::EventReceived;
use rialto::domain::payment::port::Notice;
use rialto::gateway::sandbox::{NAME, Sandbox};
use rialto::process::provider_event;
use serde_json::{Value, json};

use crate::both;
use crate::harness::Shop;
use crate::harness::till::Till;

async fn sends(shop: &Shop, provider: &str, body: &str, signature: Option<&str>) -> u16 {
    let url = format!("{}/webhooks/{provider}", shop.url);
    let mut request = reqwest::Client::new().post(url).body(body.to_owned());
    if let Some(signature) = signature {
        request = request.header("x-signature", signature);
    }
    request.send().await.expect("an answer").status().as_u16()
}

fn signed(shop: &Shop, body: &str) -> String {
    let key = shop.app.door.secret_key();
    let secret = key.mint("webhook", uuid::Uuid::nil(), 1);
    Sandbox::new(secret, None).sign(body.as_bytes())
}

async fn key_of(shop: &Shop, kind: &str) -> String {
    let sql = format!("SELECT provider_key AS text FROM payment_operations WHERE kind = '{kind}'");
    shop.texts(&sql).await.remove(0)
}

both! {
    async fn a_signed_notice_is_kept_once(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        till.buys(&shop, mug, "sandbox_approve").await;
        let key = key_of(&shop, "authorize").await;
        let body = json!({ "eventId": "evt_1", "providerKey": key, "eventType": "x" }).to_string();
        let signature = signed(&shop, &body);
        for _ in 0..2 {
            assert_eq!(sends(&shop, "sandbox", &body, Some(&signature)).await, 204);
        }
        assert_eq!(shop.count("provider_events").await, 1);
        assert_eq!(sends(&shop, "sandbox", &body, None).await, 401);
        assert_eq!(sends(&shop, "sandbox", &body, Some("00")).await, 401);
        assert_eq!(sends(&shop, "sandbox", "{}", Some(&signed(&shop, "{}"))).await, 401);
        assert_eq!(sends(&shop, "nobody", &body, Some(&signature)).await, 404);
        assert_eq!(shop.count("provider_events").await, 1);
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn a_notice_has_a_waiting_completion_looked_at_at_once(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let patient = shop.again(|setup| {
            setup.times.first_check = std::time::Duration::from_secs(3_600);
        });
        let shop = patient.await;
        let sale = till.buys(&shop, mug, "sandbox_timeout_after").await;
        shop.settles().await;
        assert_eq!(sale.read(&shop).await["state"], "PENDING_PAYMENT");
        let notice = |key: &str| Notice {
            event_id: format!("evt_{key}"),
            provider_key: key.to_owned(),
            event_type: "authorization.succeeded".into(),
        };
        let deliver = |key: String| {
            let house = shop.app.house.clone();
            async move { provider_event::deliver(&house, NAME, notice(&key)).await.expect("taken") }
        };
        assert_eq!(deliver("payop_of_nobody".into()).await, EventReceived::UnknownObject);
        let key = key_of(&shop, "authorize").await;
        assert_eq!(deliver(key.clone()).await, EventReceived::Woken);
        assert_eq!(deliver(key).await, EventReceived::Repeated);
        shop.settles().await;
        assert_eq!(sale.read(&shop).await["state"], "CONFIRMED");
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn a_notice_takes_no_time_from_the_buyer(shop: Shop) {
        let shop = shop.at_rest();
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_challenge").await;
        let key = key_of(&shop, "authorize").await;
        let notice = Notice {
            event_id: "evt_early".into(),
            provider_key: key,
            event_type: "challenge.shown".into(),
        };
        provider_event::deliver(&shop.app.house, NAME, notice).await.expect("taken");
        shop.settles().await;
        assert_eq!(sale.read(&shop).await["state"], "PENDING_PAYMENT");
        let query = "mutation($input: PaymentChallengeCompleteInput!) {
            paymentChallengeComplete(input: $input) { order { state } errors { code } }
        }";
        let input = json!({ "orderId": sale.id, "response": "sandbox_challenge_pass",
            "idempotencyKey": "i-have-met-the-challenge" });
        let answer = shop.ask(&sale.who, query, json!({ "input": input })).await.ok();
        assert_eq!(answer.at("paymentChallengeComplete.order.state"), &Value::from("CONFIRMED"));
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }

    async fn a_callback_that_comes_twice_is_one_order(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 1).await;
        let sale = till.buys(&shop, mug, "sandbox_duplicate_callback").await;
        shop.settles_until(|| async { shop.count("provider_events").await == 1 }).await;
        assert_eq!(sale.read(&shop).await["state"], "CONFIRMED");
        assert_eq!(shop.count("orders").await, 1);
        assert_eq!(shop.count("money_entries").await, 2);
        assert_eq!(shop.findings().await, Vec::<String>::new());
    }
}
