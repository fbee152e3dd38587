//! Signing keys: how one is made, sealed, published and looked up.
//!
//! The private half leaves this file only sealed (AES-256-GCM under a key derived from the
//! installation's, bound to the key's id). The algorithm is that of our own table, never the one
//! that a token names.

use std::collections::HashMap;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use p256::SecretKey as PrivateKey;
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::pkcs8::EncodePrivateKey;
use serde_json::{Value, json};
use sha2::Sha256;

use super::settings::Lifetimes;
use super::token;
use crate::kernel::clock::Instant;
use crate::kernel::secret::SecretKey;

/// The algorithm of the keys we make, as JOSE names it.
pub const ALGORITHM: &str = "ES256";

/// Random bytes that a new key needs.
#[derive(Clone, Copy)]
pub struct Entropy {
    /// The private scalar.
    pub scalar: [u8; 32],
    /// The nonce of its seal.
    pub nonce: [u8; 12],
}

/// A new key, ready to be stored.
pub struct NewKey {
    /// The public half as a JSON Web Key.
    pub jwk: Value,
    /// The private half, sealed.
    pub sealed: String,
}

/// Makes a key. Nothing for the few scalars that are no private key of the curve: take others.
pub fn make(secret: &SecretKey, kid: &str, entropy: &Entropy) -> Option<NewKey> {
    let private = PrivateKey::from_slice(&entropy.scalar).ok()?;
    let point = private.public_key().to_encoded_point(false);
    let jwk = json!({
        "kty": "EC",
        "crv": "P-256",
        "use": "sig",
        "alg": ALGORITHM,
        "kid": kid,
        "x": BASE64URL_NOPAD.encode(point.x()?),
        "y": BASE64URL_NOPAD.encode(point.y()?),
    });
    let payload = Payload {
        msg: &entropy.scalar,
        aad: kid.as_bytes(),
    };
    let body = cipher(secret)?
        .encrypt(&Nonce::from(entropy.nonce), payload)
        .ok()?;
    let sealed = BASE64URL_NOPAD.encode(&[entropy.nonce.as_slice(), &body].concat());
    Some(NewKey { jwk, sealed })
}

/// Opens a sealed private half; nothing if it was sealed under another secret or for another key.
pub fn open(secret: &SecretKey, kid: &str, sealed: &str) -> Option<EncodingKey> {
    let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
    let (nonce, body) = bytes.split_at_checked(12)?;
    let nonce: [u8; 12] = nonce.try_into().ok()?;
    let payload = Payload {
        msg: body,
        aad: kid.as_bytes(),
    };
    let scalar = cipher(secret)?.decrypt(&Nonce::from(nonce), payload).ok()?;
    let private = PrivateKey::from_slice(&scalar).ok()?;
    let der = private.to_pkcs8_der().ok()?;
    Some(EncodingKey::from_ec_der(der.as_bytes()))
}

fn cipher(secret: &SecretKey) -> Option<Aes256Gcm> {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(secret.bytes()).ok()?;
    mac.update(b"seal:signing_keys");
    Aes256Gcm::new_from_slice(&mac.finalize().into_bytes()).ok()
}

/// A public key that tokens are checked with.
#[derive(Clone, Debug)]
pub struct PublicKey {
    /// The algorithm that its tokens must have.
    pub algorithm: Algorithm,
    /// The key itself.
    pub key: DecodingKey,
    /// From when it no longer counts.
    pub retire_at: Option<Instant>,
    /// As published.
    pub jwk: Value,
}

impl PublicKey {
    /// From a row's columns; nothing if we don't know the algorithm or the key is damaged.
    pub fn read(algorithm: &str, jwk: &Value, retire_at: Option<Instant>) -> Option<Self> {
        if algorithm != ALGORITHM {
            return None;
        }
        let part = |name: &str| jwk.get(name).and_then(Value::as_str);
        Some(Self {
            algorithm: Algorithm::ES256,
            key: DecodingKey::from_ec_components(part("x")?, part("y")?).ok()?,
            retire_at,
            jwk: jwk.clone(),
        })
    }

    fn counts(&self, now: Instant) -> bool {
        self.retire_at.is_none_or(|end| now < end)
    }
}

/// All public keys by id.
#[derive(Clone, Debug, Default)]
pub struct Keys(HashMap<String, PublicKey>);

impl Keys {
    /// Collects keys.
    pub fn new(keys: impl IntoIterator<Item = (String, PublicKey)>) -> Self {
        Self(keys.into_iter().collect())
    }

    /// The key of that id, if it counts now.
    pub fn get(&self, kid: &str, now: Instant) -> Option<&PublicKey> {
        self.0.get(kid).filter(|key| key.counts(now))
    }

    /// The set as published at `/.well-known/jwks.json` (RFC 7517), in the order of their ids.
    pub fn jwks(&self, now: Instant) -> Value {
        let mut keys: Vec<_> = self.0.iter().filter(|(_, key)| key.counts(now)).collect();
        keys.sort_by_key(|(kid, _)| kid.as_str());
        json!({ "keys": keys.into_iter().map(|(_, key)| &key.jwk).collect::<Vec<_>>() })
    }
}

/// A private key that signs.
#[derive(Clone)]
pub struct Signer {
    /// Its id.
    pub kid: String,
    /// The key itself.
    pub key: EncodingKey,
    /// From when it signs; published before that.
    pub not_before: Instant,
    /// From when it no longer counts.
    pub retire_at: Option<Instant>,
}

/// The one to sign with now: the newest that signs already, else the first that is to come.
pub fn signer(signers: &[Signer], now: Instant) -> Option<&Signer> {
    let live = || {
        signers
            .iter()
            .filter(|one| one.retire_at.is_none_or(|end| now < end))
    };
    live()
        .filter(|one| one.not_before <= now)
        .max_by_key(|one| one.not_before)
        .or_else(|| live().min_by_key(|one| one.not_before))
}

/// When a new key begins to sign, and from when the old ones no longer count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The new one signs from here.
    pub begins: Instant,
    /// The old ones end here.
    pub ends: Instant,
}

impl Change {
    /// By plan: the new key is published one token's lifetime before it signs, and the old ones
    /// count a lifetime and the leeway of clocks after, so that nobody is signed out.
    pub fn planned(now: Instant, lifetimes: &Lifetimes) -> Self {
        let begins = now + lifetimes.access;
        Self {
            begins,
            ends: begins + lifetimes.access + token::LEEWAY,
        }
    }

    /// A private key may be known to others: all ends and begins now.
    pub fn at_once(now: Instant) -> Self {
        Self {
            begins: now,
            ends: now,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    const ENTROPY: Entropy = Entropy {
        scalar: [7; 32],
        nonce: [1; 12],
    };

    fn secret(byte: u8) -> SecretKey {
        SecretKey::new([byte; 32])
    }

    #[test]
    fn a_seal_opens_with_its_secret_and_for_its_key_only() {
        let key = make(&secret(1), "key_a", &ENTROPY).unwrap();
        assert!(open(&secret(1), "key_a", &key.sealed).is_some());
        assert!(open(&secret(2), "key_a", &key.sealed).is_none());
        assert!(open(&secret(1), "key_b", &key.sealed).is_none());
        for damaged in ["", "AA", "###", &key.sealed[1..]] {
            assert!(open(&secret(1), "key_a", damaged).is_none());
        }
    }

    #[test]
    fn the_published_half_does_not_hold_the_private_one() {
        let key = make(&secret(1), "key_a", &ENTROPY).unwrap();
        assert!(key.jwk.get("d").is_none());
        let scalar = BASE64URL_NOPAD.encode(&ENTROPY.scalar);
        assert!(!key.jwk.to_string().contains(&scalar) && !key.sealed.contains(&scalar));
    }

    #[test]
    fn scalars_that_are_no_key_are_refused() {
        for scalar in [[0; 32], [0xff; 32]] {
            let entropy = Entropy { scalar, ..ENTROPY };
            assert!(make(&secret(1), "key_a", &entropy).is_none());
        }
    }

    #[test]
    fn a_retired_key_is_neither_found_nor_published() {
        let now = DateTime::UNIX_EPOCH;
        let jwk = make(&secret(1), "key_a", &ENTROPY).unwrap().jwk;
        let key = |retire_at| PublicKey::read("ES256", &jwk, retire_at).unwrap();
        let keys = Keys::new([
            ("a".to_owned(), key(None)),
            ("b".to_owned(), key(Some(now))),
            ("c".to_owned(), key(Some(now + TimeDelta::seconds(1)))),
        ]);
        let found = ["a", "b", "c", "d"].map(|kid| keys.get(kid, now).is_some());
        assert_eq!(found, [true, false, true, false]);
        assert_eq!(keys.jwks(now)["keys"].as_array().unwrap().len(), 2);
        assert!(PublicKey::read("HS256", &jwk, None).is_none());
        assert!(PublicKey::read("none", &jwk, None).is_none());
    }

    #[test]
    fn the_newest_key_that_has_begun_signs() {
        let now = DateTime::UNIX_EPOCH;
        let at = |seconds| now + TimeDelta::seconds(seconds);
        let signer_of = |keys: &[(&str, i64, Option<i64>)]| {
            let signers: Vec<_> = keys
                .iter()
                .map(|(kid, from, until)| Signer {
                    kid: (*kid).to_owned(),
                    key: EncodingKey::from_secret(b""),
                    not_before: at(*from),
                    retire_at: until.map(at),
                })
                .collect();
            signer(&signers, now).map(|one| one.kid.clone())
        };
        let old_new_next = [("old", -9, None), ("new", -1, None), ("next", 5, None)];
        assert_eq!(signer_of(&old_new_next).as_deref(), Some("new"));
        assert_eq!(signer_of(&[("next", 5, None)]).as_deref(), Some("next"));
        assert_eq!(signer_of(&[("gone", -9, Some(0))]), None);
        assert_eq!(signer_of(&[]), None);
    }

    #[test]
    fn a_planned_change_lets_every_token_live_out_its_time() {
        let now = DateTime::UNIX_EPOCH;
        let lifetimes = Lifetimes::default();
        let change = Change::planned(now, &lifetimes);
        let last_of_the_old = change.begins;
        assert!(change.begins >= now + lifetimes.access);
        assert!(change.ends >= last_of_the_old + lifetimes.access + token::LEEWAY);
        let change = Change::at_once(now);
        assert_eq!((change.begins, change.ends), (now, now));
    }
}
