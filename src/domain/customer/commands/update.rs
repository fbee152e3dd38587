//! `customer.update`: changes the caller's own profile.

use entity::id::CustomerId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::lock_own;
use crate::domain::customer::profile::ProfileChange;
use crate::domain::customer::refusal::Refusal;
use crate::domain::customer::store::{self, Profile};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// Updates the profile.
#[derive(Debug, Serialize)]
pub struct Update {
    /// What changes.
    pub change: ProfileChange,
    /// The version the client has seen.
    pub expected_version: Option<i64>,
}

/// Whose profile.
#[derive(Debug, Serialize, Deserialize)]
pub struct Updated {
    /// The customer.
    pub customer: CustomerId,
}

impl Command for Update {
    const NAME: &'static str = "customer.update";
    const PERMISSION: Permission = Permission::CustomerSelf;
    type Prepared = NothingPrepared;
    type Output = Updated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<Updated, Stop> {
        let row = lock_own(w).await?;
        let (customer, current) = (row.id, row.version);
        if self.expected_version.is_some_and(|seen| seen != current) {
            return Err(Refusal::Changed { current }.into());
        }
        let before = Profile::of(row);
        let after = before.clone().with(&self.change);
        if after != before {
            if !store::replace(w, customer, current, after).await? {
                return Err(Stop::Stale);
            }
            let fields = json!({ "fields": self.change.fields() });
            let entry = Entry::new("customer", customer.uuid(), Self::NAME);
            w.audit(entry.changes(fields.clone()));
            w.emit(Event::new(
                "customer",
                customer.uuid(),
                "customer.updated",
                fields,
            ));
        }
        Ok(Updated { customer })
    }
}
