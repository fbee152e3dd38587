//! Signing in with a cart in hand.

use rialto::domain::cart::commands::CartCreate;
use rialto::domain::cart::facts::Attribution;
use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::people::PASSWORD;
use crate::harness::{Shop, Who};

/// The secret of a guest's cart.
async fn cart(shop: &Shop) -> String {
    let channel = shop.opens_channel("eu").await;
    let command = CartCreate {
        channel,
        language: None,
        accepts: None,
        attribution: Attribution::default(),
        lines: Vec::new(),
    };
    let made = shop.done(Role::Guest, command).await;
    let secret = shop.app.door.secret_key().clone();
    let generation = made.secret_generation.expect("a guest's cart has a secret");
    secret.mint("cart", made.cart.uuid(), generation)
}

async fn enter(shop: &Shop, who: &Who, email: &str, claim: bool) -> Answer {
    let query = "mutation($email: String!, $password: String!, $claim: Boolean) {
        signIn(input: { email: $email, password: $password, claimCart: $claim }) {
            accessToken cartToken cart { id } me { activeCart { id } } errors { code path } warnings { code path } } }";
    let variables = json!({ "email": email, "password": PASSWORD, "claim": claim });
    shop.ask(who, query, variables).await
}

/// Whether any cart was claimed.
async fn claimed(shop: &Shop) -> bool {
    let is_claim =
        |(table, row): &(String, String)| table == "audit_entries" && row.contains("cart.claim");
    shop.dump().await.iter().any(is_claim)
}

both! {
    async fn who_signs_in_with_a_cart_takes_it_over(shop: Shop) {
        shop.signs_up("ann").await;
        let secret = cart(&shop).await;
        let who = Who::guest().cart(&secret);
        let answer = enter(&shop, &who, "ann@example.com", false).await.ok();
        assert_eq!(answer.at("signIn")["cartToken"], Value::Null);
        assert!(!claimed(&shop).await);
        let answer = enter(&shop, &who, "ann@example.com", true).await.ok();
        assert_eq!(answer.at("signIn.warnings"), &json!([]));
        assert_ne!(answer.text("signIn.cartToken"), secret);
        assert_eq!(answer.at("signIn.cart"), answer.at("signIn.me.activeCart"));
        let ann = Who::guest().bearer(&answer.text("signIn.accessToken"));
        let me = shop.ask(&ann, "{ me { activeCart { id } } }", json!({})).await.ok();
        assert_eq!(me.at("me.activeCart"), answer.at("signIn.cart"));
        assert!(claimed(&shop).await);
        let answer = enter(&shop, &who, "ann@example.com", true).await.ok();
        assert_eq!(answer.text("signIn.warnings.0.code"), "NOT_FOUND");
    }

    async fn a_cart_that_cannot_be_claimed_keeps_nobody_out(shop: Shop) {
        shop.signs_up("ann").await;
        shop.staff(Role::Support).await;
        let secret = cart(&shop).await;
        for (token, email) in [("cart_unknown", "ann@example.com"), (&secret, "support@shop.example")] {
            let answer = enter(&shop, &Who::guest().cart(token), email, true).await.ok();
            assert!(!answer.text("signIn.accessToken").is_empty());
            assert_eq!(answer.at("signIn.warnings"), &json!([
                { "code": "NOT_FOUND", "path": ["input", "claimCart"] }
            ]));
        }
    }

    async fn a_wrong_password_claims_nothing(shop: Shop) {
        let secret = cart(&shop).await;
        let answer = enter(&shop, &Who::guest().cart(&secret), "ann@example.com", true).await;
        assert_eq!(answer.codes("signIn"), ["INVALID_CREDENTIALS"]);
        assert!(!claimed(&shop).await);
    }

    async fn a_claim_without_a_secret_is_refused_before_anything_happens(shop: Shop) {
        shop.signs_up("ann").await;
        let before = shop.dump().await;
        let answer = enter(&shop, &Who::guest(), "ann@example.com", true).await;
        assert_eq!(answer.codes("signIn"), ["VALIDATION"]);
        assert_eq!(answer.at("signIn.errors.0.path"), &json!(["input", "claimCart"]));
        assert_eq!(shop.dump().await, before);
    }
}
