//! Passwords: their form, and Argon2id over them.
//!
//! A password is never serialized nor printed. Hashing takes tens of milliseconds and belongs on a
//! thread that may wait: `steps::Passwords` does it there.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use super::settings::PasswordCost;
use crate::kernel::text::TextError;

/// The fewest characters of a password.
pub const MIN: usize = 8;
/// The most characters of a password.
pub const MAX: usize = 128;

/// A password in clear, for as long as a request lasts.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Password {
    /// A password that somebody chooses: 8 to 128 characters, whichever they are.
    pub fn chosen(text: &str) -> Result<Self, TextError> {
        if text.chars().count() < MIN {
            return Err(TextError::Form("must have at least 8 characters"));
        }
        Self::presented(text)
    }

    /// A password that somebody signs in with; only its length is bounded, so that an older
    /// policy's passwords still open.
    pub fn presented(text: &str) -> Result<Self, TextError> {
        if text.chars().count() > MAX {
            return Err(TextError::TooLong(MAX));
        }
        Ok(Self(text.to_owned()))
    }
}

/// Hashes in PHC form. Fails only where the cost is not one that Argon2 knows.
pub fn hash(cost: PasswordCost, password: &Password, salt: &[u8; 16]) -> Option<String> {
    let salt = SaltString::encode_b64(salt).ok()?;
    let hash = hasher(cost)?.hash_password(password.0.as_bytes(), &salt);
    hash.ok().map(|hash| hash.to_string())
}

/// Whether the password belongs to the hash.
pub fn fits(hash: &str, password: &Password) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.0.as_bytes(), &hash)
            .is_ok()
    })
}

/// Whether the hash was made at another cost and is better made anew.
pub fn is_outdated(hash: &str, cost: PasswordCost) -> bool {
    let params = PasswordHash::new(hash)
        .ok()
        .and_then(|hash| Params::try_from(&hash).ok());
    params.is_none_or(|params| {
        (params.m_cost(), params.t_cost(), params.p_cost())
            != (cost.memory_kib, cost.passes, cost.lanes)
    })
}

fn hasher(cost: PasswordCost) -> Option<Argon2<'static>> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: PasswordCost = PasswordCost {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let password = Password::chosen("correct horse").unwrap();
        let hash = hash(CHEAP, &password, &[3; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
        assert!(fits(&hash, &password));
        assert!(!fits(&hash, &Password::chosen("correct horsf").unwrap()));
        assert!(!fits("", &password));
        assert!(!fits("$argon2id$garbage", &password));
    }

    #[test]
    fn a_hash_of_another_cost_is_outdated() {
        let hash = hash(CHEAP, &Password::default(), &[0; 16]).unwrap();
        assert!(!is_outdated(&hash, CHEAP));
        assert!(is_outdated(&hash, PasswordCost::default()));
        assert!(is_outdated("nonsense", CHEAP));
    }

    #[test]
    fn length_is_counted_in_characters() {
        let eight = "ä".repeat(8);
        assert!(Password::chosen(&eight).is_ok());
        assert!(Password::chosen("1234567").is_err());
        assert!(Password::chosen(&"ä".repeat(128)).is_ok());
        assert!(Password::presented(&"a".repeat(129)).is_err());
        assert!(Password::presented("").is_ok());
    }

    #[test]
    fn a_password_is_never_printed() {
        let password = Password::chosen("very secret").unwrap();
        assert_eq!(format!("{password:?}"), "Password(…)");
    }
}
