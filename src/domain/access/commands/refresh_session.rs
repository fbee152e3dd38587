//! `session.refresh`: a refresh token for the next one, and with it a new access token.

use entity::accounts::{self as account_rows, State as AccountState};
use entity::sessions::State;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::access::grant::Grant;
use crate::domain::access::refresh::{self, Facts, Step};
use crate::domain::access::refusal::Refusal;
use crate::domain::access::store::{accounts, sessions};
use crate::domain::access::{Access, role};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::secret::SecretHash;
use crate::write::{Before, Command, Entry, Event, Evidence, KeyRule, NothingPrepared, Write};

/// Refreshes a session. Leaves no audit entry when all is well (a client does this every ten
/// minutes), and one when an old token came back. Needs no key: a repeat within the grace gets the
/// same token.
#[derive(Debug, Serialize)]
pub struct RefreshSession {
    /// The refresh token, hashed.
    pub token: SecretHash,
    /// The settings.
    #[serde(skip)]
    pub access: Access,
}

/// How it went: a reused token ends its session, so that no is committed too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refreshed {
    /// The next token, or once more the one that was lost.
    Renewed(Grant),
    /// The session has ended.
    Refused(Refusal),
}

impl Command for RefreshSession {
    const NAME: &'static str = "session.refresh";
    const PERMISSION: Permission = Permission::Public;
    const EVIDENCE: Evidence = Evidence::Bookkeeping;
    const KEY: KeyRule = KeyRule::Ignored;
    const DRY_RUN: bool = false;
    type Prepared = NothingPrepared;
    type Output = Refreshed;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<Refreshed, Stop> {
        let invalid = Refusal::InvalidRefreshToken;
        let token = sessions::token(w.read(), &self.token).await?;
        let id = token.ok_or(invalid)?.session_id;
        let owner = sessions::by_id(w.read(), id).await?.ok_or(invalid)?;
        let account = accounts::lock(w, owner.account_id).await?.ok_or(invalid)?;
        let session = sessions::lock(w, id).await?.ok_or(invalid)?;
        // Read again under the lock: another request may just have used it.
        let token = sessions::token(w.read(), &self.token).await?;
        let token = token.ok_or(invalid)?;
        let facts = Facts {
            alive: session.state == State::Active && account.state == AccountState::Active,
            newest: session.generation,
            generation: token.generation,
            used_at: token.used_at,
            expires_at: token.expires_at,
            now: w.real(),
        };
        let lifetimes = &self.access.settings.lifetimes;
        let grant = |generation, refresh_expires_at| Grant {
            account: account.id,
            role: role::of(account.role),
            session: id,
            generation,
            refresh_expires_at,
        };
        match refresh::decide(&facts, lifetimes.grace) {
            Step::Refuse => Err(invalid.into()),
            Step::Repeat => Ok(Refreshed::Renewed(grant(facts.newest, session.expires_at))),
            Step::Advance => {
                let next = grant(facts.newest + 1, w.real() + lifetimes.refresh);
                advance(w, &next).await?;
                Ok(Refreshed::Renewed(next))
            }
            Step::Revoke => {
                revoke(w, &account, &grant(facts.newest, session.expires_at)).await?;
                Ok(Refreshed::Refused(Refusal::ReusedRefreshToken))
            }
        }
    }
}

async fn advance(w: &Write, next: &Grant) -> Result<(), Stop> {
    let secret = SecretHash::of(&next.refresh_token(w.secret_key()));
    let ends = next.refresh_expires_at;
    if sessions::advance(w, next.session, next.generation - 1, &secret, ends).await? {
        Ok(())
    } else {
        Err(Stop::Stale)
    }
}

async fn revoke(w: &mut Write, account: &account_rows::Model, ended: &Grant) -> Result<(), Stop> {
    sessions::revoke(w, &[ended.session], "refresh_token_reused").await?;
    let names = json!({ "session": ended.session });
    let entry = Entry::new("account", account.id.uuid(), "session.refresh_token_reused");
    w.audit(entry.changes(names.clone()));
    w.emit(Event::new(
        "account",
        account.id.uuid(),
        "session.refresh_token_reused",
        names,
    ));
    Ok(())
}
