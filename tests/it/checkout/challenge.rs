//! Payments that the buyer has to confirm.

use serde_json::json;

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::checkout::opener;
use crate::harness::shop::Shop;
use crate::harness::till::Till;

const ANSWER: &str = "mutation($input: PaymentChallengeCompleteInput!) {
    paymentChallengeComplete(input: $input) {
        status order { id state } errors { code path }
    }
}";

async fn meets(shop: &Shop, challenged: &Answer, response: &str, key: &str) -> Answer {
    let input = json!({
        "orderId": challenged.text("cartComplete.order.id"),
        "response": response,
    });
    shop.ask(
        &opener(challenged).key(key),
        ANSWER,
        json!({ "input": input }),
    )
    .await
}

async fn challenged(shop: &Shop) -> Answer {
    let cart = Till::open(shop).await.filled(shop).await;
    let done = cart.completes(shop, "sandbox_challenge").await.ok();
    assert_eq!(done.text("cartComplete.status"), "ACTION_REQUIRED");
    assert_eq!(done.text("cartComplete.order.state"), "PENDING_PAYMENT");
    assert_eq!(done.text("cartComplete.cart.state"), "CHECKING_OUT");
    assert!(!done.text("cartComplete.challenge.expiresAt").is_empty());
    done
}

both! {
    async fn a_challenge_that_is_passed_confirms_the_order(shop: Shop) {
        let done = challenged(&shop).await;
        let key = "challenge-answer-1";
        let met = meets(&shop, &done, "sandbox_challenge_pass", key).await.ok();
        assert_eq!(met.text("paymentChallengeComplete.status"), "PLACED");
        assert_eq!(met.text("paymentChallengeComplete.order.state"), "CONFIRMED");
        let again = meets(&shop, &done, "sandbox_challenge_pass", key).await.ok();
        assert_eq!(again.text("paymentChallengeComplete.order.state"), "CONFIRMED");
        let late = meets(&shop, &done, "sandbox_challenge_pass", "challenge-answer-2").await;
        assert_eq!(late.codes("paymentChallengeComplete"), ["GUARD_FAILED"]);
    }

    async fn a_challenge_that_is_failed_declines(shop: Shop) {
        let done = challenged(&shop).await;
        let met = meets(&shop, &done, "sandbox_challenge_fail", "challenge-answer-1").await;
        assert_eq!(met.codes("paymentChallengeComplete"), ["PAYMENT_DECLINED"]);
        assert_eq!(met.text("paymentChallengeComplete.order.state"), "PAYMENT_FAILED");
        assert_eq!(shop.stock_findings().await, Vec::<String>::new());
    }

    async fn only_the_buyer_can_answer(shop: Shop) {
        let done = challenged(&shop).await;
        let input = json!({
            "orderId": done.text("cartComplete.order.id"),
            "response": "sandbox_challenge_pass",
        });
        let stranger = shop.customer("eve").await.key("challenge-answer-1");
        let answer = shop.ask(&stranger, ANSWER, json!({ "input": input })).await;
        assert_eq!(answer.codes("paymentChallengeComplete"), ["NOT_FOUND"]);
    }
}
