//! `signIn`, `signOut` and `me`.

use serde_json::{Value, json};

use crate::both;
use crate::harness::people::PASSWORD;
use crate::harness::{Shop, Who};
use rialto::kernel::permission::Role;

const ME: &str = "{ me { role email displayName permissions customer { firstName email } } }";
const OUT: &str = "mutation($input: SignOutInput) {
    signOut(input: $input) { sessionsEnded errors { code } } }";

async fn out(shop: &Shop, who: &Who, everywhere: bool) -> crate::harness::answer::Answer {
    let input = json!({ "input": { "everywhere": everywhere } });
    shop.ask(who, OUT, input).await
}

both! {
    async fn a_customer_signs_in_and_is_who_they_are(shop: Shop) {
        shop.signs_up("ann").await;
        let answer = shop.signs_in("Ann@EXAMPLE.com", PASSWORD).await.ok();
        assert_eq!(answer.text("signIn.me.role"), "SHOPPER");
        assert_eq!(answer.text("signIn.me.email"), "ann@example.com");
        let who = Who::guest().bearer(&answer.text("signIn.accessToken"));
        let me = shop.ask(&who, ME, json!({})).await.ok();
        assert_eq!(me.text("me.role"), "SHOPPER");
        assert_eq!(me.text("me.customer.firstName"), "ann");
        assert_eq!(me.at("me")["displayName"], Value::Null);
        assert!(me.at("me.permissions").as_array().unwrap().contains(&json!("customer.self")));
    }

    async fn one_of_the_staff_signs_in_the_same_way(shop: Shop) {
        shop.staff(Role::Warehouse).await;
        let answer = shop.signs_in("warehouse@shop.example", PASSWORD).await.ok();
        let who = Who::guest().bearer(&answer.text("signIn.accessToken"));
        let me = shop.ask(&who, ME, json!({})).await.ok();
        assert_eq!(me.text("me.role"), "WAREHOUSE");
        assert_eq!(me.text("me.displayName"), "warehouse@shop.example");
        assert_eq!(me.at("me")["customer"], Value::Null);
    }

    async fn a_guest_is_nobody(shop: Shop) {
        let me = shop.ask(&Who::guest(), ME, json!({})).await.ok();
        assert_eq!(me.body["data"]["me"], Value::Null);
    }

    async fn a_wrong_password_and_an_unknown_email_are_answered_alike(shop: Shop) {
        shop.signs_up("ann").await;
        let wrong = shop.signs_in("ann@example.com", "not the password").await;
        let unknown = shop.signs_in("bob@example.com", "not the password").await;
        assert_eq!(wrong.codes("signIn"), ["INVALID_CREDENTIALS"]);
        assert_eq!(wrong.body["data"], unknown.body["data"]);
        assert_eq!(wrong.at("signIn")["accessToken"], Value::Null);
    }

    async fn what_is_no_email_and_what_is_too_long_is_refused(shop: Shop) {
        for (email, password, path) in [
            ("ann", PASSWORD.to_owned(), "email"),
            ("", PASSWORD.to_owned(), "email"),
            ("ann@example.com", "x".repeat(129), "password"),
        ] {
            let answer = shop.signs_in(email, &password).await;
            assert_eq!(answer.codes("signIn"), ["VALIDATION"]);
            assert_eq!(answer.at("signIn.errors.0.path"), &json!(["input", path]));
        }
    }

    async fn ten_wrong_passwords_lock_the_account_and_no_other(shop: Shop) {
        shop.signs_up("ann").await;
        shop.signs_up("bob").await;
        for _ in 0..10 {
            let answer = shop.signs_in("ann@example.com", "wrong").await;
            assert_eq!(answer.codes("signIn"), ["INVALID_CREDENTIALS"]);
        }
        for password in [PASSWORD, "wrong"] {
            let answer = shop.signs_in("ann@example.com", password).await;
            assert_eq!(answer.codes("signIn"), ["ACCOUNT_LOCKED"]);
        }
        shop.signs_in("bob@example.com", PASSWORD).await.ok();
        let unlocked = shop.again(|setup| {
            setup.access.lockout.lasts = chrono::TimeDelta::seconds(-1);
        });
        let unlocked = unlocked.await;
        shop.signs_up("cid").await;
        for _ in 0..11 {
            unlocked.signs_in("cid@example.com", "wrong").await;
        }
        unlocked.signs_in("cid@example.com", PASSWORD).await.ok();
    }

    async fn a_right_password_begins_the_count_anew(shop: Shop) {
        shop.signs_up("ann").await;
        for _ in 0..2 {
            for _ in 0..9 {
                shop.signs_in("ann@example.com", "wrong").await;
            }
            shop.signs_in("ann@example.com", PASSWORD).await.ok();
        }
    }

    async fn guesses_at_once_get_no_further_than_guesses_in_turn(shop: Shop) {
        shop.signs_up("ann").await;
        let guesses = (0..30).map(|_| shop.signs_in("ann@example.com", "wrong"));
        let answers = futures_util::future::join_all(guesses).await;
        let codes: Vec<_> = answers.iter().flat_map(|answer| answer.codes("signIn")).collect();
        let wrong = codes.iter().filter(|code| *code == "INVALID_CREDENTIALS").count();
        assert_eq!((wrong, codes.len()), (10, 30));
    }

    async fn a_dearer_cost_renews_the_hash_at_the_next_sign_in(shop: Shop) {
        shop.signs_up("ann").await;
        let dearer = shop.again(|setup| setup.access.cost.memory_kib = 16).await;
        dearer.signs_in("ann@example.com", PASSWORD).await.ok();
        let rows = shop.dump().await;
        let hash = rows.iter().find(|(table, _)| table == "accounts").unwrap();
        assert!(hash.1.contains("$m=16,t=1,p=1$"));
        shop.signs_in("ann@example.com", PASSWORD).await.ok();
    }

    async fn signing_out_ends_the_session_and_no_other(shop: Shop) {
        shop.signs_up("ann").await;
        let here = shop.signs_in("ann@example.com", PASSWORD).await.ok();
        let there = shop.signs_in("ann@example.com", PASSWORD).await.ok();
        let who = Who::guest().bearer(&here.text("signIn.accessToken"));
        for ended in [1, 0] {
            assert_eq!(out(&shop, &who, false).await.ok().int("signOut.sessionsEnded"), ended);
        }
        let answer = shop.refreshes(&here.text("signIn.refreshToken")).await;
        assert_eq!(answer.codes("sessionRefresh"), ["REFRESH_TOKEN_INVALID"]);
        shop.refreshes(&there.text("signIn.refreshToken")).await.ok();
    }

    async fn signing_out_everywhere_ends_all_sessions_of_the_account(shop: Shop) {
        shop.signs_up("ann").await;
        shop.signs_up("bob").await;
        let here = shop.signs_in("ann@example.com", PASSWORD).await.ok();
        let there = shop.signs_in("ann@example.com", PASSWORD).await.ok();
        let bob = shop.signs_in("bob@example.com", PASSWORD).await.ok();
        let who = Who::guest().bearer(&here.text("signIn.accessToken"));
        assert_eq!(out(&shop, &who, true).await.ok().int("signOut.sessionsEnded"), 2);
        for gone in [here, there] {
            let answer = shop.refreshes(&gone.text("signIn.refreshToken")).await;
            assert_eq!(answer.codes("sessionRefresh"), ["REFRESH_TOKEN_INVALID"]);
        }
        shop.refreshes(&bob.text("signIn.refreshToken")).await.ok();
    }

    async fn a_token_without_a_session_has_none_to_end(shop: Shop) {
        let who = shop.customer("ann").await;
        assert_eq!(out(&shop, &who, false).await.codes("signOut"), ["NOT_FOUND"]);
        let answer = out(&shop, &Who::guest(), false).await;
        assert_eq!(answer.fault(), Some("FORBIDDEN"));
    }

    async fn signing_in_cannot_be_tried_without_effect_nor_repeated_by_key(shop: Shop) {
        shop.signs_up("ann").await;
        let query = "mutation($p: String!) { signIn(input: { email: \"ann@example.com\", password: $p }) {
            accessToken errors { code } } }";
        let dry = Who::guest().with("x-dry-run", "true");
        let answer = shop.ask(&dry, query, json!({ "p": PASSWORD })).await;
        assert_eq!(answer.codes("signIn"), ["DRY_RUN_UNSUPPORTED"]);
        let keyed = Who::guest().cart("cart_anything").key("a-key-of-sixteen-or-more");
        shop.ask(&keyed, query, json!({ "p": PASSWORD })).await.ok();
        let answer = shop.ask(&keyed, query, json!({ "p": "wrong" })).await;
        assert_eq!(answer.codes("signIn"), ["INVALID_CREDENTIALS"]);
    }
}
