//! Secrets that are shown once, and can be made again for a replay.
//!
//! A secret is HMAC-SHA256(key, kind ‖ id ‖ generation), so nothing but its hash is ever stored.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The key of the installation (`RIALTO_SECRET_KEY`): 32 bytes.
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl SecretKey {
    /// From 32 bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for sealing signing keys.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The secret of row `id` in its `generation`, e.g. `cart_…`.
    pub fn mint(&self, kind: &str, id: Uuid, generation: i64) -> String {
        let mut mac = match Hmac::<Sha256>::new_from_slice(&self.0) {
            Ok(mac) => mac,
            Err(never) => return never.to_string(),
        };
        mac.update(kind.as_bytes());
        mac.update(id.as_bytes());
        mac.update(&generation.to_be_bytes());
        format!(
            "{kind}_{}",
            BASE64URL_NOPAD.encode(&mac.finalize().into_bytes())
        )
    }
}

/// What is stored of a secret, and compared: its SHA-256 in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SecretHash(pub String);

impl SecretHash {
    /// Hashes a secret as a client sent it.
    pub fn of(secret: &str) -> Self {
        Self(sha256_hex(secret.as_bytes()))
    }

    /// The hexadecimal text that is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_can_be_made_again_and_differs_by_kind_row_and_generation() {
        let key = SecretKey::new([7; 32]);
        let id = Uuid::from_u128(1);
        assert_eq!(key.mint("cart", id, 1), key.mint("cart", id, 1));
        assert_ne!(key.mint("cart", id, 1), key.mint("cart", id, 2));
        assert_ne!(key.mint("cart", id, 1), key.mint("order", id, 1));
        assert_ne!(
            key.mint("cart", id, 1),
            key.mint("cart", Uuid::from_u128(2), 1)
        );
    }
}
