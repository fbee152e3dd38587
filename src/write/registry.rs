//! What there is to know about a command without running it; the walks of the tests read it.

use super::command::{Command, Evidence, KeyRule};
use crate::kernel::permission::Permission;

/// One command's card.
#[derive(Clone, Copy, Debug)]
pub struct Card {
    /// Its stable name.
    pub name: &'static str,
    /// Who may.
    pub permission: Permission,
    /// What it leaves behind.
    pub evidence: Evidence,
    /// Whether it wants a key.
    pub key: KeyRule,
    /// Whether a dry run may try it.
    pub dry_run: bool,
}

impl Card {
    /// The card of `C`.
    pub const fn of<C: Command>() -> Self {
        Self {
            name: C::NAME,
            permission: C::PERMISSION,
            evidence: C::EVIDENCE,
            key: C::KEY,
            dry_run: C::DRY_RUN,
        }
    }
}
