//! The key ring of a process: access tokens are signed and checked without asking the database.
//!
//! Keys are read again when a token names one that is not here (at most once a second, so that
//! made-up ids cost nothing), and each minute, so that a key that was withdrawn elsewhere
//! stops to count. If that reading fails, the last good keys stay.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant as Tick};

use entity::signing_keys::Model;
use serde_json::Value;
use tokio::sync::Mutex;

use super::keys as rows;
use crate::db::Reader;
use crate::domain::access::keys::{self, Keys, PublicKey, Signer};
use crate::domain::access::settings::Settings;
use crate::domain::access::token::{self, AccessToken, Bearer, TokenError};
use crate::kernel::clock::Instant;
use crate::kernel::error::Fault;
use crate::kernel::secret::SecretKey;

/// How old the keys may get.
const AGE_MAX: Duration = Duration::from_mins(1);
/// The shortest time between two readings.
const PAUSE: Duration = Duration::from_secs(1);

/// Signs and checks access tokens. Cheap to clone; one for the whole process.
#[derive(Clone)]
pub struct Tokens(Arc<Inner>);

struct Inner {
    settings: Settings,
    secret: SecretKey,
    ring: RwLock<Arc<Ring>>,
    reading: Mutex<()>,
}

#[derive(Default)]
struct Ring {
    keys: Keys,
    signers: Vec<Signer>,
    read_at: Option<Tick>,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens(…)")
    }
}

impl Ring {
    fn is_younger_than(&self, age: Duration) -> bool {
        self.read_at.is_some_and(|read| read.elapsed() < age)
    }
}

impl Tokens {
    /// An empty ring, filled at first use.
    pub fn new(settings: Settings, secret: SecretKey) -> Self {
        Self(Arc::new(Inner {
            settings,
            secret,
            ring: RwLock::default(),
            reading: Mutex::default(),
        }))
    }

    /// Whom the token speaks for, and until when; a token that does not hold is
    /// [`Fault::Unauthenticated`].
    pub async fn verify(
        &self,
        read: &Reader,
        text: &str,
        real: Instant,
    ) -> Result<(Bearer, Instant), Fault> {
        let ring = self.ring_with(read, &token::key_id(text)?, real).await?;
        Ok(token::verify(
            &ring.keys,
            &self.0.settings.names,
            text,
            real,
        )?)
    }

    /// Gives a token out, signed with the present key.
    pub async fn mint(
        &self,
        read: &Reader,
        bearer: &Bearer,
        real: Instant,
    ) -> Result<AccessToken, Fault> {
        let mut ring = self.ring(read, AGE_MAX).await?;
        if keys::signer(&ring.signers, real).is_none() {
            ring = self.ring(read, PAUSE).await?;
        }
        let signer = keys::signer(&ring.signers, real)
            .ok_or(Fault::Unavailable("no key to sign access tokens with"))?;
        let settings = &self.0.settings;
        let lifetime = settings.lifetimes.access;
        token::mint(signer, &settings.names, lifetime, bearer, real)
    }

    /// Has the keys read again at the next use: they have just changed.
    pub fn forget(&self) {
        let mut place = self.0.ring.write().unwrap_or_else(PoisonError::into_inner);
        *place = Arc::default();
    }

    /// The public keys, for `/.well-known/jwks.json`.
    pub async fn jwks(&self, read: &Reader, real: Instant) -> Result<Value, Fault> {
        let ring = self.ring(read, PAUSE).await?;
        Ok(ring.keys.jwks(real))
    }

    async fn ring_with(&self, read: &Reader, kid: &str, real: Instant) -> Result<Arc<Ring>, Fault> {
        let ring = self.ring(read, AGE_MAX).await?;
        if ring.keys.get(kid, real).is_some() {
            return Ok(ring);
        }
        let ring = self.ring(read, PAUSE).await?;
        match ring.keys.get(kid, real) {
            Some(_) => Ok(ring),
            None => Err(TokenError::UnknownKey.into()),
        }
    }

    /// The keys, read again if they are older than `age`. One request reads, the others wait.
    async fn ring(&self, read: &Reader, age: Duration) -> Result<Arc<Ring>, Fault> {
        let ring = self.present();
        if ring.is_younger_than(age) {
            return Ok(ring);
        }
        let _turn = self.0.reading.lock().await;
        let ring = self.present();
        if ring.is_younger_than(age) {
            return Ok(ring);
        }
        match rows::live(read).await {
            Ok(found) => Ok(self.replace(&found)),
            Err(_) if ring.read_at.is_some() => Ok(ring),
            Err(fault) => Err(fault),
        }
    }

    fn present(&self) -> Arc<Ring> {
        let ring = self.0.ring.read().unwrap_or_else(PoisonError::into_inner);
        ring.clone()
    }

    fn replace(&self, rows: &[Model]) -> Arc<Ring> {
        let public = |row: &Model| {
            let key = PublicKey::read(&row.algorithm, &row.public_jwk, row.retire_at)?;
            Some((row.kid.clone(), key))
        };
        let signer = |row: &Model| {
            Some(Signer {
                kid: row.kid.clone(),
                key: keys::open(&self.0.secret, &row.kid, &row.private_sealed)?,
                not_before: row.not_before,
                retire_at: row.retire_at,
            })
        };
        let ring = Arc::new(Ring {
            keys: Keys::new(rows.iter().filter_map(public)),
            signers: rows.iter().filter_map(signer).collect(),
            read_at: Some(Tick::now()),
        });
        let mut place = self.0.ring.write().unwrap_or_else(PoisonError::into_inner);
        *place = ring.clone();
        ring
    }
}
