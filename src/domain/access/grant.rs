//! What somebody gets who has proven who they are.

use chrono::{DateTime, Utc};
use entity::id::{AccountId, SessionId};
use serde::{Deserialize, Serialize};

use super::token::Bearer;
use crate::kernel::permission::Role;
use crate::kernel::secret::SecretKey;

/// The kind of secret that a refresh token is.
const KIND: &str = "refresh";

/// A session in one of its generations. Holds no secret: the refresh token can be made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Who.
    pub account: AccountId,
    /// What they may do.
    pub role: Role,
    /// The session.
    pub session: SessionId,
    /// The number of the refresh token within the session.
    pub generation: i64,
    /// When the refresh token stops to be good.
    pub refresh_expires_at: DateTime<Utc>,
}

impl Grant {
    /// The refresh token itself.
    pub fn refresh_token(&self, secret: &SecretKey) -> String {
        secret.mint(KIND, self.session.uuid(), self.generation)
    }

    /// Whom an access token of this grant speaks for.
    pub fn bearer(&self) -> Bearer {
        Bearer {
            account: self.account,
            role: self.role,
            session: Some(self.session),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_refresh_token_is_the_same_for_the_same_generation_only() {
        let grant = Grant {
            account: AccountId::from_uuid(Uuid::from_u128(1)),
            role: Role::Shopper,
            session: SessionId::from_uuid(Uuid::from_u128(2)),
            generation: 1,
            refresh_expires_at: DateTime::UNIX_EPOCH,
        };
        let next = Grant {
            generation: 2,
            ..grant
        };
        let secret = SecretKey::new([1; 32]);
        let token = grant.refresh_token(&secret);
        assert!(token.starts_with("refresh_") && token.len() > 40);
        assert_eq!(token, grant.refresh_token(&secret));
        assert_ne!(token, next.refresh_token(&secret));
        assert_ne!(token, grant.refresh_token(&SecretKey::new([2; 32])));
    }
}
