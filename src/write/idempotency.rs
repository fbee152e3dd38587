//! Idempotency keys: their form, and the fingerprint of what they are bound to.

use serde::Serialize;

use crate::kernel::caller::Caller;
use crate::kernel::error::{Code, Fault, Refused};
use crate::kernel::secret::sha256_hex;

/// A key of 16 to 128 visible ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// Reads and checks.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        if visible && (16..=128).contains(&text.len()) {
            return Ok(Self(text.to_owned()));
        }
        let message = "An idempotency key has 16 to 128 visible ASCII characters.";
        Err(Refused::new(Code::IdempotencyKeyInvalid, message).at("input.idempotencyKey"))
    }

    /// The key itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What audit entries keep of it.
    pub fn hash(&self) -> String {
        sha256_hex(self.0.as_bytes())
    }
}

/// To whom the caller's key is bound; a guest without any secret has no identity.
pub(super) fn identity(caller: &Caller) -> Result<String, Refused> {
    caller.identity().ok_or_else(|| {
        let message = "A key needs somebody it belongs to: sign in, or send X-Cart-Token.";
        Refused::new(Code::IdempotencyKeyWithoutIdentity, message).at("input.idempotencyKey")
    })
}

/// SHA-256 over the canonical JSON of the input.
pub(super) fn fingerprint(input: &impl Serialize) -> Result<String, Fault> {
    let canonical = serde_json_canonicalizer::to_vec(input);
    canonical
        .map(|bytes| sha256_hex(&bytes))
        .map_err(|error| Fault::Internal(Box::new(error)))
}
