//! Access tokens as the server takes them, and the keys that sign them.

use chrono::TimeDelta;
use data_encoding::BASE64URL_NOPAD;
use entity::id::AccountId;
use rialto::domain::access::{Access, Bearer};
use rialto::kernel::clock::Instant;
use rialto::kernel::permission::Role;
use rialto::kernel::secret::SecretKey;
use serde_json::{Value, json};

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::{Shop, Who};

const ME: &str = "{ me { role email } }";
const ROTATE: &str = "mutation($c: Boolean!) { signingKeyRotate(input: { compromised: $c }) {
    kid errors { code } } }";

fn admin() -> Bearer {
    Bearer {
        account: AccountId::from_uuid(uuid::Uuid::from_u128(1)),
        role: Role::Admin,
        session: None,
    }
}

fn now(shop: &Shop) -> Instant {
    shop.app.door.clock().real()
}

async fn token(shop: &Shop, access: &Access, real: Instant) -> String {
    let read = shop.app.door.reader();
    let token = access.tokens.mint(&read, &admin(), real).await;
    token.expect("a token").text
}

async fn with_token(shop: &Shop, token: &str) -> Answer {
    shop.ask(&Who::guest().bearer(token), ME, json!({})).await
}

async fn refused(shop: &Shop, token: &str) {
    let answer = with_token(shop, token).await;
    assert_eq!(
        answer.fault(),
        Some("UNAUTHENTICATED"),
        "{token}: {}",
        answer.body
    );
    assert_eq!(answer.body.get("data"), None);
}

/// The parts of a token, decoded.
fn parts(token: &str) -> (Value, Value, String) {
    let parts: Vec<&str> = token.split('.').collect();
    let decoded = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64");
    let json = |text: &str| serde_json::from_slice(&decoded(text)).expect("JSON");
    (json(parts[0]), json(parts[1]), parts[2].to_owned())
}

fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    format!("{}.{}", part(header), part(claims))
}

both! {
    async fn a_token_holds_from_its_issue_to_its_end(shop: Shop) {
        let access = &shop.app.access;
        for (minutes, holds) in [(0, true), (-5, true), (-12, false), (5, false)] {
            let token = token(&shop, access, now(&shop) + TimeDelta::minutes(minutes)).await;
            if holds {
                assert_eq!(with_token(&shop, &token).await.ok().text("me.role"), "ADMIN");
            } else {
                refused(&shop, &token).await;
            }
        }
    }

    async fn a_token_of_an_account_that_is_not_there_has_a_role_and_no_email(shop: Shop) {
        let token = token(&shop, &shop.app.access, now(&shop)).await;
        let answer = with_token(&shop, &token).await.ok();
        assert_eq!(answer.at("me"), &json!({ "role": "ADMIN", "email": null }));
    }

    async fn a_token_for_others_or_of_others_is_refused(shop: Shop) {
        let mut foreign = shop.app.access.settings.clone();
        foreign.names.audience = "another-api".to_owned();
        let foreign = Access::new(foreign, SecretKey::new([7; 32]));
        refused(&shop, &token(&shop, &foreign, now(&shop)).await).await;
        let mut foreign = shop.app.access.settings.clone();
        foreign.names.issuer = "somebody".to_owned();
        let foreign = Access::new(foreign, SecretKey::new([7; 32]));
        refused(&shop, &token(&shop, &foreign, now(&shop)).await).await;
    }

    async fn forged_tokens_are_refused(shop: Shop) {
        let good = token(&shop, &shop.app.access, now(&shop)).await;
        let (header, claims, signature) = parts(&good);
        let with = |name: &str, value: Value| {
            let mut changed = header.clone();
            changed[name] = value;
            changed
        };
        let keys = shop.get("/.well-known/jwks.json").await;
        let jwk = keys["keys"][0].to_string();
        let hs256 = {
            let message = unsigned(&with("alg", json!("HS256")), &claims);
            let key = jsonwebtoken::EncodingKey::from_secret(jwk.as_bytes());
            let algorithm = jsonwebtoken::Algorithm::HS256;
            let signed = jsonwebtoken::crypto::sign(message.as_bytes(), &key, algorithm);
            format!("{message}.{}", signed.expect("a signature"))
        };
        let mut other_claims = claims.clone();
        other_claims["sub"] = json!("account_00000000000000000000000002");
        for forged in [
            format!("{}.", unsigned(&with("alg", json!("none")), &claims)),
            format!("{}.{signature}", unsigned(&with("alg", json!("none")), &claims)),
            hs256,
            format!("{}.{signature}", unsigned(&with("kid", json!("key_unknown")), &claims)),
            format!("{}.{signature}", unsigned(&with("typ", json!("JWT")), &claims)),
            format!("{}.{signature}", unsigned(&header, &other_claims)),
            format!("{}.", unsigned(&header, &claims)),
            "garbage".to_owned(),
            "a.b.c".to_owned(),
            "..".to_owned(),
            String::new(),
            "x".repeat(5000),
        ] {
            refused(&shop, &forged).await;
        }
        with_token(&shop, &good).await.ok();
    }

    async fn a_header_that_is_not_a_bearer_token_is_refused(shop: Shop) {
        for header in ["Basic YTpi", "Bearer", "Bearer ", "token", "ä"] {
            let who = Who::guest().with("authorization", header);
            let answer = shop.ask(&who, ME, json!({})).await;
            assert_eq!(answer.fault(), Some("UNAUTHENTICATED"), "{header}");
        }
    }

    async fn the_published_keys_hold_nothing_private(shop: Shop) {
        let keys = shop.get("/.well-known/jwks.json").await;
        let keys = keys["keys"].as_array().unwrap();
        assert_eq!(keys.len(), 1);
        let mut fields: Vec<_> = keys[0].as_object().unwrap().keys().cloned().collect();
        fields.sort();
        assert_eq!(fields, ["alg", "crv", "kid", "kty", "use", "x", "y"]);
    }

    async fn a_planned_rotation_signs_nobody_out(shop: Shop) {
        let admin = shop.staff(Role::Admin).await;
        let answer = shop.ask(&admin, ROTATE, json!({ "c": false })).await.ok();
        let kid = answer.text("signingKeyRotate.kid");
        let keys = shop.get("/.well-known/jwks.json").await;
        let kids: Vec<_> = keys["keys"].as_array().unwrap().iter().map(|key| &key["kid"]).collect();
        assert_eq!((kids.len(), kids.contains(&&json!(kid))), (2, true));
        shop.ask(&admin, ME, json!({})).await.ok();
        let signs = |text: &str| parts(text).0["kid"].as_str().unwrap().to_owned();
        let soon = token(&shop, &shop.app.access, now(&shop)).await;
        assert_ne!(signs(&soon), kid);
        let later = token(&shop, &shop.app.access, now(&shop) + TimeDelta::minutes(11)).await;
        assert_eq!(signs(&later), kid);
    }

    async fn a_compromised_key_stops_to_count(shop: Shop) {
        let admin = shop.staff(Role::Admin).await;
        let other_node = shop.again(|_| ()).await;
        shop.ask(&admin, ROTATE, json!({ "c": true })).await.ok();
        let answer = shop.ask(&admin, ME, json!({})).await;
        assert_eq!(answer.fault(), Some("UNAUTHENTICATED"));
        let answer = other_node.ask(&admin, ME, json!({})).await;
        assert_eq!(answer.fault(), Some("UNAUTHENTICATED"));
        shop.signs_in("admin@shop.example", crate::harness::people::PASSWORD).await.ok();
        let keys = shop.get("/.well-known/jwks.json").await;
        assert_eq!(keys["keys"].as_array().unwrap().len(), 1);
    }

    async fn another_secret_gets_a_key_of_its_own(shop: Shop) {
        let admin = shop.staff(Role::Admin).await;
        let other = shop.again(|setup| setup.secret = SecretKey::new([8; 32])).await;
        other.app.ensure_key().await.expect("a key");
        other.app.ensure_key().await.expect("a key");
        let keys = other.get("/.well-known/jwks.json").await;
        assert_eq!(keys["keys"].as_array().unwrap().len(), 2);
        other.signs_in("admin@shop.example", crate::harness::people::PASSWORD).await.ok();
        other.ask(&admin, ME, json!({})).await.ok();
    }

    async fn an_old_key_gets_a_successor_by_itself(shop: Shop) {
        let aged = shop.again(|setup| setup.access.lifetimes.signing_key = TimeDelta::zero()).await;
        aged.app.ensure_key().await.expect("a key");
        let keys = aged.get("/.well-known/jwks.json").await;
        assert_eq!(keys["keys"].as_array().unwrap().len(), 2);
        shop.app.ensure_key().await.expect("a key");
        let keys = shop.get("/.well-known/jwks.json").await;
        assert_eq!(keys["keys"].as_array().unwrap().len(), 2);
    }
}
