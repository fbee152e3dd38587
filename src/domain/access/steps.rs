//! What verbs further down the line need of accounts: hashing a password, opening an account; and
//! whether one still stands.

use std::sync::Arc;

use entity::accounts::State as AccountState;
use entity::id::{AccountId, SessionId};
use entity::sessions::State as SessionState;
use tokio::sync::Semaphore;

use super::password::{self, Password};
use super::refusal::Refusal;
use super::settings::PasswordCost;
use super::store::{accounts, sessions};
use crate::db::Reader;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::text::Email;
use crate::write::Write;

pub use super::store::accounts::NewAccount;

/// Hashes passwords on threads that may wait, as many at once as there are cores, so that a wave
/// of sign-ins slows sign-ins and nothing else. Cheap to clone; one for the whole process.
#[derive(Clone, Debug)]
pub struct Passwords {
    cost: PasswordCost,
    slots: Arc<Semaphore>,
}

impl Passwords {
    /// Hashes at this cost.
    pub fn new(cost: PasswordCost) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            cost,
            slots: Arc::new(Semaphore::new(cores)),
        }
    }

    /// The hash to store.
    pub async fn hash(&self, password: &Password, salt: [u8; 16]) -> Result<String, Fault> {
        let (cost, password) = (self.cost, password.clone());
        let hash = self
            .aside(move || password::hash(cost, &password, &salt))
            .await?;
        hash.ok_or_else(|| Fault::bug("Argon2 does not know the password cost of the settings"))
    }

    /// Whether the password belongs to the stored hash. Without a hash it takes as long, and says
    /// no, so that the time tells nothing about who has an account.
    pub async fn fits(&self, stored: Option<&str>, password: &Password) -> Result<bool, Fault> {
        let (cost, password) = (self.cost, password.clone());
        if let Some(hash) = stored.map(str::to_owned) {
            return self.aside(move || password::fits(&hash, &password)).await;
        }
        let as_long = move || password::hash(cost, &password, &[0; 16]);
        self.aside(as_long).await?;
        Ok(false)
    }

    /// A new hash of a password that fits, where the stored one was made at another cost.
    pub async fn renewed(
        &self,
        stored: &str,
        password: &Password,
        salt: [u8; 16],
    ) -> Result<Option<String>, Fault> {
        if password::is_outdated(stored, self.cost) {
            self.hash(password, salt).await.map(Some)
        } else {
            Ok(None)
        }
    }

    async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let slot = self.slots.clone().acquire_owned().await;
        let slot = slot.map_err(|_| Fault::Busy)?;
        let work = move || {
            let _slot = slot;
            work()
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| Fault::Internal(Box::new(error)))
    }
}

/// Opens an account, unless its email is taken.
pub async fn open_account(w: &mut Write, new: &NewAccount<'_>) -> Result<(), Stop> {
    refuse_taken(w, new.email).await?;
    if accounts::open(w, new).await? {
        Ok(())
    } else {
        Err(Refusal::EmailTaken.into())
    }
}

async fn refuse_taken(w: &Write, email: &Email) -> Result<(), Stop> {
    match accounts::by_email(w.read(), email).await? {
        Some(_) => Err(Refusal::EmailTaken.into()),
        None => Ok(()),
    }
}

/// Whether the account is not disabled and the session has not ended, as of now.
pub async fn stands(
    read: &Reader,
    account: AccountId,
    session: Option<SessionId>,
) -> Result<bool, Fault> {
    let account = accounts::by_id(read, account).await?;
    if account.is_none_or(|account| account.state != AccountState::Active) {
        return Ok(false);
    }
    let Some(session) = session else {
        return Ok(true);
    };
    let session = sessions::by_id(read, session).await?;
    Ok(session.is_some_and(|session| session.state == SessionState::Active))
}
