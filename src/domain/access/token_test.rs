//! Tokens that hold, and every way in which one does not.

use data_encoding::BASE64URL_NOPAD;
use entity::id::{AccountId, SessionId};
use jsonwebtoken::{Algorithm, EncodingKey};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use chrono::SubsecRound;

use super::*;
use crate::domain::access::keys::{self, Entropy, PublicKey};
use crate::kernel::secret::SecretKey;

const KID: &str = "key_a";

fn now() -> Instant {
    DateTime::from_timestamp(1_800_000_000, 123_456_000).unwrap()
}

fn names() -> Names {
    Names::default()
}

fn bearer() -> Bearer {
    Bearer {
        account: AccountId::from_uuid(Uuid::from_u128(5)),
        role: Role::Admin,
        session: Some(SessionId::from_uuid(Uuid::from_u128(6))),
    }
}

/// Whom the token speaks for.
fn verify(keys: &Keys, names: &Names, text: &str, now: Instant) -> Result<Bearer, TokenError> {
    super::verify(keys, names, text, now).map(|(bearer, _)| bearer)
}

fn pair(kid: &str, byte: u8) -> (Keys, Signer, Value) {
    let secret = SecretKey::new([1; 32]);
    let entropy = Entropy {
        scalar: [byte; 32],
        nonce: [0; 12],
    };
    let key = keys::make(&secret, kid, &entropy).unwrap();
    let public = PublicKey::read(keys::ALGORITHM, &key.jwk, None).unwrap();
    let signer = Signer {
        kid: kid.to_owned(),
        key: keys::open(&secret, kid, &key.sealed).unwrap(),
        not_before: now(),
        retire_at: None,
    };
    (Keys::new([(kid.to_owned(), public)]), signer, key.jwk)
}

/// What a good token says; a test changes a part of it.
fn good() -> (Value, Value) {
    let at = now().timestamp();
    let header = json!({ "typ": "at+jwt", "alg": "ES256", "kid": KID });
    let claims = json!({
        "iss": "rialto", "aud": "rialto-api", "sub": bearer().account, "sid": bearer().session,
        "exp": at + 600, "iat": at, "jti": "1", "role": "admin",
    });
    (header, claims)
}

fn sign(header: &Value, claims: &Value, algorithm: Algorithm, key: &EncodingKey) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, algorithm).unwrap();
    format!("{message}.{signature}")
}

fn with(mut value: Value, changes: &Value) -> Value {
    for (name, change) in changes.as_object().unwrap() {
        value[name] = change.clone();
    }
    value
}

/// A token that differs from a good one by these claims.
fn says(claims: &Value) -> Result<Bearer, TokenError> {
    let (keys, signer, _) = pair(KID, 7);
    let (header, good) = good();
    let text = sign(&header, &with(good, claims), Algorithm::ES256, &signer.key);
    verify(&keys, &names(), &text, now())
}

#[test]
fn a_minted_token_speaks_for_its_bearer_until_it_ends() {
    let (keys, signer, _) = pair(KID, 7);
    let token = mint(&signer, &names(), TimeDelta::minutes(10), &bearer(), now()).unwrap();
    assert_eq!(token.expires_at, now() + TimeDelta::minutes(10));
    assert_eq!(key_id(&token.text), Ok(KID.to_owned()));
    let until = super::verify(&keys, &names(), &token.text, now()).map(|(_, until)| until);
    let seconds = token.expires_at.trunc_subsecs(0);
    assert_eq!(until, Ok(seconds + LEEWAY));
    for (minutes, holds) in [(0, true), (10, true), (11, false), (100, false)] {
        let later = now() + TimeDelta::minutes(minutes);
        let found = verify(&keys, &names(), &token.text, later);
        assert_eq!(
            found,
            if holds {
                Ok(bearer())
            } else {
                Err(TokenError::Expired)
            }
        );
    }
}

#[test]
fn each_claim_is_checked() {
    let at = now().timestamp();
    for (claims, expected) in [
        (json!({}), Ok(bearer())),
        (json!({ "exp": at - 59 }), Ok(bearer())),
        (json!({ "exp": at - 61 }), Err(TokenError::Expired)),
        (json!({ "exp": 0 }), Err(TokenError::Expired)),
        (json!({ "exp": i64::MAX }), Err(TokenError::Malformed)),
        (json!({ "exp": "soon" }), Err(TokenError::Malformed)),
        (json!({ "exp": null }), Err(TokenError::Malformed)),
        (json!({ "iat": at + 59 }), Ok(bearer())),
        (json!({ "iat": at + 120 }), Err(TokenError::NotYetValid)),
        (json!({ "nbf": at + 120 }), Err(TokenError::NotYetValid)),
        (json!({ "nbf": at - 5 }), Ok(bearer())),
        (
            json!({ "iss": "https://evil" }),
            Err(TokenError::WrongIssuer),
        ),
        (json!({ "iss": "rialto/" }), Err(TokenError::WrongIssuer)),
        (json!({ "aud": "other" }), Err(TokenError::WrongAudience)),
        (
            json!({ "aud": ["rialto-api", "other"] }),
            Err(TokenError::Malformed),
        ),
        (
            json!({ "sub": "order_00000000000000000000000005" }),
            Err(TokenError::Malformed),
        ),
        (json!({ "sub": "admin" }), Err(TokenError::Malformed)),
        (json!({ "role": "system" }), Err(TokenError::Malformed)),
        (json!({ "role": "guest" }), Err(TokenError::Malformed)),
        (json!({ "role": "root" }), Err(TokenError::Malformed)),
        (json!({ "sid": "x" }), Err(TokenError::Malformed)),
    ] {
        assert_eq!(says(&claims), expected, "{claims}");
    }
}

#[test]
fn a_token_without_signature_is_refused() {
    let (keys, ..) = pair(KID, 7);
    let (header, claims) = good();
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    for algorithm in ["none", "None", "NONE", ""] {
        let header = with(header.clone(), &json!({ "alg": algorithm }));
        let text = format!("{}.{}.", part(&header), part(&claims));
        let found = verify(&keys, &names(), &text, now());
        assert_eq!(found, Err(TokenError::Malformed), "{algorithm}");
    }
    let unsigned = format!("{}.{}.", part(&header), part(&claims));
    let found = verify(&keys, &names(), &unsigned, now());
    assert_eq!(found, Err(TokenError::BadSignature));
}

#[test]
fn the_public_key_is_no_secret_to_sign_with() {
    let (keys, _, jwk) = pair(KID, 7);
    let (header, claims) = good();
    let point = |name: &str| {
        BASE64URL_NOPAD
            .decode(jwk[name].as_str().unwrap().as_bytes())
            .unwrap()
    };
    let sec1 = [vec![4], point("x"), point("y")].concat();
    for secret in [
        sec1.as_slice(),
        jwk.to_string().as_bytes(),
        jwk["x"].as_str().unwrap().as_bytes(),
    ] {
        let key = EncodingKey::from_secret(secret);
        for (named, algorithm) in [
            ("HS256", Algorithm::HS256),
            ("HS512", Algorithm::HS512),
            ("RS256", Algorithm::HS256),
            ("ES384", Algorithm::HS256),
            ("EdDSA", Algorithm::HS256),
        ] {
            let header = with(header.clone(), &json!({ "alg": named }));
            let text = sign(&header, &claims, algorithm, &key);
            let found = verify(&keys, &names(), &text, now());
            assert_eq!(found, Err(TokenError::WrongAlgorithm), "{named}");
        }
    }
}

#[test]
fn a_key_is_found_by_its_id_in_our_table_only() {
    let (keys, ours, jwk) = pair(KID, 7);
    let (_, theirs, _) = pair(KID, 9);
    let (header, claims) = good();
    for (changes, expected) in [
        (json!({}), Err(TokenError::BadSignature)),
        (json!({ "kid": "key_b" }), Err(TokenError::UnknownKey)),
        (
            json!({ "kid": "../../etc/passwd" }),
            Err(TokenError::UnknownKey),
        ),
        (json!({ "kid": "' OR 1=1 --" }), Err(TokenError::UnknownKey)),
        (json!({ "kid": null }), Err(TokenError::Malformed)),
        (json!({ "jwk": jwk }), Err(TokenError::BadSignature)),
        (
            json!({ "jku": "https://evil/jwks.json" }),
            Err(TokenError::BadSignature),
        ),
        (json!({ "crit": ["exp"] }), Err(TokenError::Malformed)),
        (json!({ "typ": "JWT" }), Err(TokenError::Malformed)),
    ] {
        let header = with(header.clone(), &changes);
        let text = sign(&header, &claims, Algorithm::ES256, &theirs.key);
        assert_eq!(verify(&keys, &names(), &text, now()), expected, "{changes}");
    }
    let header = with(header, &json!({ "typ": "application/AT+JWT" }));
    let text = sign(&header, &claims, Algorithm::ES256, &ours.key);
    assert_eq!(verify(&keys, &names(), &text, now()), Ok(bearer()));
}

#[test]
fn two_tokens_differ_by_session_and_instant() {
    let id = |bearer: &Bearer, micros| token_id(bearer, now() + TimeDelta::microseconds(micros));
    let other = Bearer {
        session: None,
        ..bearer()
    };
    assert_eq!(id(&bearer(), 0), id(&bearer(), 0));
    assert_ne!(id(&bearer(), 0), id(&bearer(), 1));
    assert_ne!(id(&bearer(), 0), id(&other, 0));
    assert_eq!(id(&bearer(), 0).len(), 32);
}

proptest! {
    #[test]
    fn garbage_is_refused(text in "[ -~]{0,80}|[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,40}") {
        let (keys, ..) = pair(KID, 7);
        prop_assert!(verify(&keys, &names(), &text, now()).is_err());
        let _: Result<String, TokenError> = key_id(&text);
    }

    #[test]
    fn no_changed_byte_is_taken(at in 0_usize..1000, byte in prop::sample::select(b"AQZaz09-_.".to_vec())) {
        let (keys, signer, _) = pair(KID, 7);
        let text = mint(&signer, &names(), TimeDelta::minutes(10), &bearer(), now()).unwrap().text;
        let mut changed = text.clone().into_bytes();
        let at = at % changed.len();
        prop_assume!(changed[at] != byte);
        changed[at] = byte;
        let changed = String::from_utf8(changed).unwrap();
        // The last character of a base64 text has bits that mean nothing; the decoder refuses
        // those that are set.
        prop_assert!(verify(&keys, &names(), &changed, now()).is_err());
    }
}
