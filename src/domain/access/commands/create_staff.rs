//! `account.create_staff`: an account for one of the staff.

use entity::accounts::{Kind, Role, State};
use entity::id::AccountId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::access::Access;
use crate::domain::access::password::Password;
use crate::domain::access::refusal::Refusal;
use crate::domain::access::steps::{self, NewAccount};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::text::Email;
use crate::write::{Before, Command, Entry, Event, Write};

/// Creates a staff account. The password is no part of the fingerprint.
#[derive(Debug, Serialize)]
pub struct CreateStaff {
    /// The email to sign in with.
    pub email: Email,
    /// What colleagues call them.
    pub display_name: String,
    /// What they may do; not the role of a customer.
    pub role: Role,
    /// The first password.
    #[serde(skip)]
    pub password: Password,
    /// The hasher.
    #[serde(skip)]
    pub access: Access,
}

/// The account.
#[derive(Debug, Serialize, Deserialize)]
pub struct Created {
    /// Its id.
    pub account: AccountId,
}

impl Command for CreateStaff {
    const NAME: &'static str = "account.create_staff";
    const PERMISSION: Permission = Permission::AccountManage;
    /// The password, hashed.
    type Prepared = String;
    type Output = Created;

    async fn prepare(&self, before: &Before) -> Result<String, Stop> {
        let salt = before.random()?;
        Ok(self.access.passwords.hash(&self.password, salt).await?)
    }

    async fn run(&self, password_hash: &String, w: &mut Write) -> Result<Created, Stop> {
        if self.role == Role::Shopper {
            return Err(Refusal::NoStaffRole.into());
        }
        let account: AccountId = w.id();
        let new = NewAccount {
            id: account,
            kind: Kind::Staff,
            role: self.role,
            email: &self.email,
            display_name: &self.display_name,
            password_hash,
        };
        steps::open_account(w, &new).await?;
        let names = json!({ "role": self.role });
        let entry = Entry::new("account", account.uuid(), Self::NAME);
        w.audit(entry.begun(State::Active.as_str()).changes(names.clone()));
        w.emit(Event::new(
            "account",
            account.uuid(),
            "account.created",
            names,
        ));
        Ok(Created { account })
    }
}
