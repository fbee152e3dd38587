//! Access tokens: JSON Web Tokens of type `at+jwt` (RFC 9068), signed by a key of our table.
//!
//! Verification trusts nothing in the header but the key's id: the algorithm is our key's, issuer
//! and audience are compared exactly, and times are held against the clock that is handed in, with
//! 60 s of leeway (RFC 8725). A token is not looked up in the database: it says what it says until
//! it expires. Deliberately absent: refresh tokens, which are secrets of a session.

use chrono::{DateTime, TimeDelta};
use data_encoding::HEXLOWER;
use entity::id::{AccountId, CustomerId, SessionId};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::keys::{Keys, Signer};
use super::settings::Names;
use crate::kernel::caller::Actor;
use crate::kernel::clock::Instant;
use crate::kernel::error::Fault;
use crate::kernel::permission::Role;

/// The `typ` of an access token.
const TYPE: &str = "at+jwt";
/// By how much clocks may differ.
pub const LEEWAY: TimeDelta = TimeDelta::seconds(60);
/// Nobody's token is longer.
const LENGTH_MAX: usize = 4096;

/// Whom a token speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The account.
    pub account: AccountId,
    /// What it may do.
    pub role: Role,
    /// The session it was given out for; none for a developer's token.
    pub session: Option<SessionId>,
}

impl Bearer {
    /// Who acts with the token.
    pub fn actor(&self) -> Actor {
        match self.role {
            Role::Shopper => Actor::Customer(CustomerId::from_uuid(self.account.uuid())),
            Role::Merchandiser | Role::Support | Role::Warehouse | Role::Finance | Role::Admin => {
                Actor::Staff(self.account)
            }
            // No token says so, see `check`.
            Role::Guest | Role::System => Actor::Guest,
        }
    }
}

/// A token as given out.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// The text for the header `Authorization: Bearer`.
    pub text: String,
    /// When it ends.
    pub expires_at: Instant,
}

impl std::fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AccessToken(… until {})", self.expires_at)
    }
}

/// Why a token does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// It is no token of ours by its form.
    Malformed,
    /// It names a key that we don't have, or no longer.
    UnknownKey,
    /// It names another algorithm than its key's.
    WrongAlgorithm,
    /// Its signature does not hold.
    BadSignature,
    /// Somebody else gave it out.
    WrongIssuer,
    /// It is meant for somebody else.
    WrongAudience,
    /// Its time has not come.
    NotYetValid,
    /// Its time is over.
    Expired,
}

impl TokenError {
    /// Why, for developers, as the end of a sentence.
    pub fn message(self) -> &'static str {
        match self {
            Self::Malformed => "the access token is malformed",
            Self::UnknownKey => "the access token was signed with a key that is not known",
            Self::WrongAlgorithm => "the access token names another algorithm than its key's",
            Self::BadSignature => "the signature of the access token does not hold",
            Self::WrongIssuer => "the access token was given out by somebody else",
            Self::WrongAudience => "the access token is meant for somebody else",
            Self::NotYetValid => "the access token is not valid yet",
            Self::Expired => "the access token has expired; exchange the refresh token",
        }
    }
}

impl From<TokenError> for Fault {
    fn from(error: TokenError) -> Self {
        Self::Unauthenticated(error.message())
    }
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    sub: AccountId,
    aud: String,
    exp: i64,
    iat: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
    jti: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sid: Option<SessionId>,
    role: Role,
}

/// Signs a token for the bearer. Fails only if the key is not one that signs.
pub fn mint(
    signer: &Signer,
    names: &Names,
    lifetime: TimeDelta,
    bearer: &Bearer,
    now: Instant,
) -> Result<AccessToken, Fault> {
    let expires_at = now + lifetime;
    let claims = Claims {
        iss: names.issuer.clone(),
        sub: bearer.account,
        aud: names.audience.clone(),
        exp: expires_at.timestamp(),
        iat: now.timestamp(),
        nbf: None,
        jti: token_id(bearer, now),
        sid: bearer.session,
        role: bearer.role,
    };
    let mut header = Header::new(jsonwebtoken::Algorithm::ES256);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(signer.kid.clone());
    let text = jsonwebtoken::encode(&header, &claims, &signer.key)
        .map_err(|error| Fault::Internal(Box::new(error)))?;
    Ok(AccessToken { text, expires_at })
}

/// Names the token: who, in which session, when to the microsecond. Two tokens that share it say
/// the same.
fn token_id(bearer: &Bearer, now: Instant) -> String {
    let mut hash = Sha256::new();
    hash.update(bearer.account.uuid().as_bytes());
    hash.update(
        bearer
            .session
            .map(|session| *session.uuid().as_bytes())
            .unwrap_or_default(),
    );
    hash.update(now.timestamp_micros().to_be_bytes());
    let digest = hash.finalize();
    HEXLOWER.encode(digest.get(..16).unwrap_or_default())
}

/// The id of the key that a token names, read before anything is proven: only good for a look
/// into our table.
pub fn key_id(text: &str) -> Result<String, TokenError> {
    header(text)?.kid.ok_or(TokenError::Malformed)
}

/// Whom the token speaks for and until when, if all of it holds at `now`.
pub fn verify(
    keys: &Keys,
    names: &Names,
    text: &str,
    now: Instant,
) -> Result<(Bearer, Instant), TokenError> {
    let header = header(text)?;
    let kid = header.kid.as_deref().ok_or(TokenError::Malformed)?;
    let key = keys.get(kid, now).ok_or(TokenError::UnknownKey)?;
    let mut signature_only = Validation::new(key.algorithm);
    signature_only.required_spec_claims.clear();
    signature_only.validate_exp = false;
    signature_only.validate_aud = false;
    let decoded = jsonwebtoken::decode::<Claims>(text, &key.key, &signature_only);
    let claims = decoded.map_err(|error| why(error.kind()))?.claims;
    let until = check(&claims, names, now)?;
    let bearer = Bearer {
        account: claims.sub,
        role: claims.role,
        session: claims.sid,
    };
    Ok((bearer, until))
}

fn header(text: &str) -> Result<Header, TokenError> {
    if text.len() > LENGTH_MAX {
        return Err(TokenError::Malformed);
    }
    let header = jsonwebtoken::decode_header(text).map_err(|_| TokenError::Malformed)?;
    let typed = header.typ.as_deref().is_some_and(|typ| {
        typ.trim_start_matches("application/")
            .eq_ignore_ascii_case(TYPE)
    });
    // An extension that is critical must be understood (RFC 7515, 4.1.11); we know none.
    if !typed || header.crit.is_some() {
        return Err(TokenError::Malformed);
    }
    Ok(header)
}

fn why(kind: &ErrorKind) -> TokenError {
    match kind {
        ErrorKind::InvalidAlgorithm | ErrorKind::InvalidKeyFormat => TokenError::WrongAlgorithm,
        ErrorKind::InvalidSignature => TokenError::BadSignature,
        _ => TokenError::Malformed,
    }
}

/// Until when the claims hold.
fn check(claims: &Claims, names: &Names, now: Instant) -> Result<Instant, TokenError> {
    if claims.iss != names.issuer {
        return Err(TokenError::WrongIssuer);
    }
    if claims.aud != names.audience {
        return Err(TokenError::WrongAudience);
    }
    if matches!(claims.role, Role::Guest | Role::System) {
        return Err(TokenError::Malformed);
    }
    let begins = claims.nbf.unwrap_or(claims.iat).max(claims.iat);
    let at = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(TokenError::Malformed);
    if at(begins)? > now + LEEWAY {
        return Err(TokenError::NotYetValid);
    }
    let until = at(claims.exp)? + LEEWAY;
    if until <= now {
        return Err(TokenError::Expired);
    }
    Ok(until)
}

#[cfg(test)]
#[path = "token_test.rs"]
mod tests;
