//! Consistency tokens: how far in the outbox a client's last write stands, under our seal.
//!
//! A client that reads after it has written, perhaps from another process, sends the token back; a
//! process that has not heard of the write yet does not answer from what it has kept.

use uuid::Uuid;

use crate::kernel::secret::SecretKey;

fn seal(secret: &SecretKey, position: i64) -> String {
    let bits = u128::from(position.unsigned_abs());
    secret.mint("consistency", Uuid::from_u128(bits), 1)
}

/// The token of a position.
pub(super) fn write(secret: &SecretKey, position: i64) -> String {
    format!("{position}.{}", seal(secret, position))
}

/// The position of a token; nothing where the seal is not ours.
pub(super) fn read(secret: &SecretKey, token: &str) -> Option<i64> {
    let (position, sealed) = token.split_once('.')?;
    let position: i64 = position.parse().ok()?;
    (position >= 0 && seal(secret, position) == sealed).then_some(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_under_the_key_that_wrote_it() {
        let (ours, theirs) = (SecretKey::new([1; 32]), SecretKey::new([2; 32]));
        let token = write(&ours, 42);
        assert_eq!(read(&ours, &token), Some(42));
        assert_eq!(read(&theirs, &token), None);
        assert_eq!(read(&ours, &token.replacen("42", "43", 1)), None);
        for odd in ["", ".", "42", "-42.x", "x.y"] {
            assert_eq!(read(&ours, odd), None, "{odd}");
        }
    }
}
