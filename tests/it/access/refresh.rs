//! `sessionRefresh`: single use, families, reuse.

use std::collections::HashSet;

use chrono::TimeDelta;
use serde_json::Value;

use crate::both;
use crate::harness::Shop;
use crate::harness::people::PASSWORD;

async fn first_token(shop: &Shop) -> String {
    shop.signs_up("ann").await;
    let answer = shop.signs_in("ann@example.com", PASSWORD).await.ok();
    answer.text("signIn.refreshToken")
}

async fn next(shop: &Shop, token: &str) -> String {
    let answer = shop.refreshes(token).await.ok();
    answer.text("sessionRefresh.refreshToken")
}

async fn without_grace(shop: &Shop) -> Shop {
    shop.again(|setup| setup.access.lifetimes.grace = TimeDelta::zero())
        .await
}

/// The token with its secret part written backwards: the right form, and never the same secret.
fn reversed(token: &str) -> String {
    let (kind, secret) = token.split_once('_').unwrap();
    let damaged: String = secret.chars().rev().collect();
    assert_ne!(damaged, secret);
    format!("{kind}_{damaged}")
}

both! {
    async fn each_refresh_brings_the_next_token_and_says_who_it_is(shop: Shop) {
        let first = first_token(&shop).await;
        let answer = shop.refreshes(&first).await.ok();
        assert_eq!(answer.text("sessionRefresh.me.email"), "ann@example.com");
        let second = answer.text("sessionRefresh.refreshToken");
        let third = next(&shop, &second).await;
        assert_eq!(HashSet::from([first, second, third]).len(), 3);
    }

    async fn a_lost_answer_is_given_once_more(shop: Shop) {
        let first = first_token(&shop).await;
        let second = next(&shop, &first).await;
        assert_eq!(next(&shop, &first).await, second);
        let third = next(&shop, &second).await;
        assert_eq!(next(&shop, &second).await, third);
    }

    async fn an_old_token_ends_the_session(shop: Shop) {
        let first = first_token(&shop).await;
        let second = next(&shop, &first).await;
        let third = next(&shop, &second).await;
        let answer = shop.refreshes(&first).await;
        assert_eq!(answer.codes("sessionRefresh"), ["REFRESH_TOKEN_REUSED"]);
        assert_eq!(answer.at("sessionRefresh")["refreshToken"], Value::Null);
        for token in [first, second, third] {
            let answer = shop.refreshes(&token).await;
            assert_eq!(answer.codes("sessionRefresh"), ["REFRESH_TOKEN_INVALID"]);
        }
        shop.signs_in("ann@example.com", PASSWORD).await.ok();
    }

    async fn after_the_grace_the_last_token_is_old_too(shop: Shop) {
        let first = first_token(&shop).await;
        let strict = without_grace(&shop).await;
        let second = next(&strict, &first).await;
        let answer = strict.refreshes(&first).await;
        assert_eq!(answer.codes("sessionRefresh"), ["REFRESH_TOKEN_REUSED"]);
        let answer = strict.refreshes(&second).await;
        assert_eq!(answer.codes("sessionRefresh"), ["REFRESH_TOKEN_INVALID"]);
    }

    async fn twenty_uses_at_once_get_one_successor(shop: Shop) {
        let first = first_token(&shop).await;
        let uses = (0..20).map(|_| next(&shop, &first));
        let successors = futures_util::future::join_all(uses).await;
        let successors: HashSet<String> = successors.into_iter().collect();
        assert_eq!(successors.len(), 1);
        for successor in successors {
            next(&shop, &successor).await;
        }
    }

    async fn twenty_uses_at_once_without_grace_leave_no_live_branch(shop: Shop) {
        let first = first_token(&shop).await;
        let strict = without_grace(&shop).await;
        let uses = (0..20).map(|_| strict.refreshes(&first));
        let answers = futures_util::future::join_all(uses).await;
        let mut successors = HashSet::new();
        let mut refused = Vec::new();
        for answer in answers {
            match answer.at("sessionRefresh")["refreshToken"].as_str() {
                Some(token) => assert!(successors.insert(token.to_owned())),
                None => refused.extend(answer.codes("sessionRefresh")),
            }
        }
        refused.sort();
        refused.dedup();
        assert_eq!(successors.len(), 1);
        assert_eq!(refused, ["REFRESH_TOKEN_INVALID", "REFRESH_TOKEN_REUSED"]);
        for successor in successors {
            let answer = strict.refreshes(&successor).await;
            assert_eq!(answer.codes("sessionRefresh"), ["REFRESH_TOKEN_INVALID"]);
        }
    }

    async fn an_expired_token_is_worth_nothing_and_ends_nothing(shop: Shop) {
        shop.signs_up("ann").await;
        let brief = shop.again(|setup| setup.access.lifetimes.refresh = TimeDelta::zero()).await;
        let answer = brief.signs_in("ann@example.com", PASSWORD).await.ok();
        let token = answer.text("signIn.refreshToken");
        for _ in 0..2 {
            let answer = shop.refreshes(&token).await;
            assert_eq!(answer.codes("sessionRefresh"), ["REFRESH_TOKEN_INVALID"]);
        }
    }

    async fn what_is_no_token_is_refused(shop: Shop) {
        let first = first_token(&shop).await;
        let damaged = reversed(&first);
        for token in ["refresh_", "x", "' OR 1=1 --", damaged.as_str(), "\u{1F511}"] {
            let answer = shop.refreshes(token).await;
            assert_eq!(answer.codes("sessionRefresh"), ["REFRESH_TOKEN_INVALID"], "{token}");
        }
        for token in [String::new(), "x".repeat(201)] {
            let answer = shop.refreshes(&token).await;
            assert_eq!(answer.codes("sessionRefresh"), ["VALIDATION"], "{token}");
        }
        next(&shop, &first).await;
    }

    async fn an_access_token_is_no_refresh_token_and_the_other_way_round(shop: Shop) {
        shop.signs_up("ann").await;
        let answer = shop.signs_in("ann@example.com", PASSWORD).await.ok();
        let refused = shop.refreshes(&answer.text("signIn.accessToken")).await;
        assert_eq!(refused.codes("sessionRefresh"), ["VALIDATION"]);
        let who = crate::harness::Who::guest().bearer(&answer.text("signIn.refreshToken"));
        let refused = shop.ask(&who, "{ me { role } }", serde_json::json!({})).await;
        assert_eq!(refused.fault(), Some("UNAUTHENTICATED"));
    }
}
