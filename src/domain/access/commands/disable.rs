//! `account.disable`: no more sign-ins and refreshes for an account.

use entity::accounts::State;
use entity::id::AccountId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::access::refusal::Refusal;
use crate::domain::access::store::{accounts, sessions};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// Disables an account and ends its sessions. Access tokens that were given out hold until they
/// expire, but for subscriptions, which end at once.
#[derive(Debug, Serialize)]
pub struct Disable {
    /// Which account.
    pub account: AccountId,
    /// Why, for the history.
    pub reason: Option<String>,
    /// The version the client has seen.
    pub expected_version: Option<i64>,
}

/// What was done.
#[derive(Debug, Serialize, Deserialize)]
pub struct Disabled {
    /// The account.
    pub account: AccountId,
}

impl Command for Disable {
    const NAME: &'static str = "account.disable";
    const PERMISSION: Permission = Permission::AccountManage;
    type Prepared = NothingPrepared;
    type Output = Disabled;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<Disabled, Stop> {
        let account = accounts::lock(w, self.account).await?;
        let account = account.ok_or(Refusal::NoAccount)?;
        let current = account.version;
        if self.expected_version.is_some_and(|seen| seen != current) {
            return Err(Refusal::Changed { current }.into());
        }
        if w.caller().account() == Some(account.id) {
            return Err(Refusal::Oneself.into());
        }
        if account.state == State::Disabled {
            return Err(Refusal::AlreadyDisabled.into());
        }
        if !accounts::disable(w, account.id, current).await? {
            return Err(Stop::Stale);
        }
        let open = sessions::lock_active(w, account.id).await?;
        let ended = sessions::revoke(w, &open, "account_disabled").await?;
        let entry = Entry::new("account", account.id.uuid(), Self::NAME)
            .moved(State::Active.as_str(), State::Disabled.as_str())
            .changes(json!({ "sessionsEnded": ended }));
        w.audit(match &self.reason {
            Some(reason) => entry.because(reason),
            None => entry,
        });
        let data = json!({ "account": account.id });
        w.emit(Event::new(
            "account",
            account.id.uuid(),
            "account.disabled",
            data,
        ));
        Ok(Disabled {
            account: account.id,
        })
    }
}
