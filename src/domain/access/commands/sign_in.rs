//! `account.sign_in`: email and password for a session, for customers and staff alike.

use entity::accounts::{Model, State};
use entity::id::{AccountId, SessionId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::access::grant::Grant;
use crate::domain::access::lockout::{self, Facts, Verdict};
use crate::domain::access::password::Password;
use crate::domain::access::refusal::Refusal;
use crate::domain::access::store::{accounts, sessions};
use crate::domain::access::{Access, role};
use crate::kernel::clock::Instant;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::secret::SecretHash;
use crate::kernel::text::Email;
use crate::write::{Before, Command, Entry, Event, KeyRule, Write};

/// Signs in. The password is no part of the fingerprint, for a hash of it that is made fast would
/// give it away; so a key is ignored, lest somebody got a session for the key alone.
#[derive(Debug, Serialize)]
pub struct SignIn {
    /// The email of the account.
    pub email: Email,
    /// The password.
    #[serde(skip)]
    pub password: Password,
    /// The settings and the hasher.
    #[serde(skip)]
    pub access: Access,
}

/// How it went: a wrong password is counted, so the no is committed too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedIn {
    /// A session has begun.
    Entered(Grant),
    /// Not with this password.
    Refused(Refusal),
}

/// The account as it was when the password was checked.
#[derive(Debug)]
pub struct Checked {
    account: Option<(AccountId, String)>,
    fits: bool,
    renewed: Option<String>,
}

impl Command for SignIn {
    const NAME: &'static str = "account.sign_in";
    const PERMISSION: Permission = Permission::Public;
    const KEY: KeyRule = KeyRule::Ignored;
    const DRY_RUN: bool = false;
    type Prepared = Checked;
    type Output = SignedIn;

    async fn prepare(&self, before: &Before) -> Result<Checked, Stop> {
        let account = accounts::by_email(&before.read, &self.email).await?;
        let account = account.map(|row| (row.id, row.password_hash));
        let hash = account.as_ref().map(|(_, hash)| hash.as_str());
        let passwords = &self.access.passwords;
        let fits = passwords.fits(hash, &self.password).await?;
        let renewed = match hash {
            Some(hash) if fits => {
                passwords
                    .renewed(hash, &self.password, before.random()?)
                    .await?
            }
            _ => None,
        };
        Ok(Checked {
            account,
            fits,
            renewed,
        })
    }

    async fn run(&self, checked: &Checked, w: &mut Write) -> Result<SignedIn, Stop> {
        let Some((id, hash)) = &checked.account else {
            return Ok(SignedIn::Refused(Refusal::WrongCredentials));
        };
        let account = accounts::lock(w, *id).await?.ok_or(Stop::Stale)?;
        if account.password_hash != *hash {
            return Err(Stop::Stale);
        }
        let facts = Facts {
            fits: checked.fits,
            active: account.state == State::Active,
            failed: account.failed_logins,
            locked_until: account.locked_until,
            now: w.real(),
        };
        match lockout::decide(&facts, &self.access.settings.lockout) {
            Verdict::Enter => self.enter(w, &account, checked).await,
            Verdict::Locked => Ok(SignedIn::Refused(Refusal::Locked)),
            Verdict::Disabled => Ok(SignedIn::Refused(Refusal::WrongCredentials)),
            Verdict::Wrong {
                failed,
                locked_until,
            } => turn_away(w, account.id, failed, locked_until).await,
        }
    }
}

impl SignIn {
    async fn enter(
        &self,
        w: &mut Write,
        account: &Model,
        checked: &Checked,
    ) -> Result<SignedIn, Stop> {
        if account.failed_logins > 0 || account.locked_until.is_some() {
            accounts::note_failures(w, account.id, 0, None).await?;
        }
        if let Some(hash) = &checked.renewed {
            accounts::rehash(w, account.id, hash).await?;
        }
        let grant = Grant {
            account: account.id,
            role: role::of(account.role),
            session: w.id::<SessionId>(),
            generation: 1,
            refresh_expires_at: w.real() + self.access.settings.lifetimes.refresh,
        };
        let token = SecretHash::of(&grant.refresh_token(w.secret_key()));
        let (session, ends) = (grant.session, grant.refresh_expires_at);
        sessions::begin(w, session, account.id, &token, ends).await?;
        let names = json!({ "session": session });
        let entry = Entry::new("account", account.id.uuid(), Self::NAME);
        w.audit(entry.changes(names.clone()));
        w.emit(Event::new(
            "account",
            account.id.uuid(),
            "account.signed_in",
            names,
        ));
        Ok(SignedIn::Entered(grant))
    }
}

async fn turn_away(
    w: &mut Write,
    account: AccountId,
    failed: i64,
    locked_until: Option<Instant>,
) -> Result<SignedIn, Stop> {
    accounts::note_failures(w, account, failed, locked_until).await?;
    let changes = json!({ "failed": failed, "lockedUntil": locked_until });
    w.audit(Entry::new("account", account.uuid(), "account.sign_in_failed").changes(changes));
    if let Some(until) = locked_until {
        let data = json!({ "account": account, "until": until });
        w.emit(Event::new(
            "account",
            account.uuid(),
            "account.locked",
            data,
        ));
    }
    Ok(SignedIn::Refused(Refusal::WrongCredentials))
}
