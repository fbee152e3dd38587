//! `session.end`: signs out of the session of the caller's token.

use entity::id::SessionId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::access::refusal::Refusal;
use crate::domain::access::store::{accounts, sessions};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// Ends the caller's own session, or all that the account has; ending twice does nothing more.
#[derive(Debug, Serialize)]
pub struct EndSession {
    /// Whether the other sessions of the account end too.
    pub everywhere: bool,
}

/// What has ended.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ended {
    /// How many sessions.
    pub sessions: u64,
}

impl Command for EndSession {
    const NAME: &'static str = "session.end";
    const PERMISSION: Permission = Permission::SelfManage;
    type Prepared = NothingPrepared;
    type Output = Ended;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<Ended, Stop> {
        let account = w.caller().account().ok_or(Refusal::NoSession)?;
        let account = accounts::lock(w, account).await?;
        let account = account.ok_or(Refusal::NoSession)?.id;
        let open = sessions::lock_active(w, account).await?;
        let ending = self.ending(&open, w.caller().session)?;
        if ending.is_empty() {
            return Ok(Ended { sessions: 0 });
        }
        let sessions = sessions::revoke(w, &ending, "signed_out").await?;
        let names = json!({ "sessions": ending });
        let entry = Entry::new("account", account.uuid(), Self::NAME);
        w.audit(entry.changes(names.clone()));
        w.emit(Event::new(
            "account",
            account.uuid(),
            "session.ended",
            names,
        ));
        Ok(Ended { sessions })
    }
}

impl EndSession {
    /// Which of the open sessions end. A token that was made without a session has none of its own.
    fn ending(
        &self,
        open: &[SessionId],
        own: Option<SessionId>,
    ) -> Result<Vec<SessionId>, Refusal> {
        if self.everywhere {
            return Ok(open.to_vec());
        }
        let own = own.ok_or(Refusal::NoSession)?;
        Ok(open.iter().copied().filter(|one| *one == own).collect())
    }
}
