//! `customer.sign_up`: an account and a profile for somebody who buys.

use entity::accounts::{Kind, Role, State};
use entity::id::{AccountId, CustomerId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::access::Access;
use crate::domain::access::password::Password;
use crate::domain::access::steps::{self, NewAccount};
use crate::domain::customer::profile::ProfileChange;
use crate::domain::customer::store::{self, Profile};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::text::Email;
use crate::write::{Before, Command, Entry, Event, Write};

/// Signs up. The password is no part of the fingerprint, for a hash of it that is made fast would
/// give it away.
#[derive(Debug, Serialize)]
pub struct SignUp {
    /// The email to sign in with and to write to.
    pub email: Email,
    /// Names, telephone and language.
    pub profile: ProfileChange,
    /// The password.
    #[serde(skip)]
    pub password: Password,
    /// The hasher.
    #[serde(skip)]
    pub access: Access,
}

/// The customer.
#[derive(Debug, Serialize, Deserialize)]
pub struct SignedUp {
    /// Their id.
    pub customer: CustomerId,
}

impl Command for SignUp {
    const NAME: &'static str = "customer.sign_up";
    const PERMISSION: Permission = Permission::Public;
    /// The password, hashed.
    type Prepared = String;
    type Output = SignedUp;

    async fn prepare(&self, before: &Before) -> Result<String, Stop> {
        let salt = before.random()?;
        Ok(self.access.passwords.hash(&self.password, salt).await?)
    }

    async fn run(&self, password_hash: &String, w: &mut Write) -> Result<SignedUp, Stop> {
        let account: AccountId = w.id();
        let customer = CustomerId::from_uuid(account.uuid());
        let new = NewAccount {
            id: account,
            kind: Kind::Customer,
            role: Role::Shopper,
            email: &self.email,
            display_name: "",
            password_hash,
        };
        steps::open_account(w, &new).await?;
        let profile = Profile::default().with(&self.profile);
        store::create(w, customer, &self.email, profile).await?;
        let active = State::Active.as_str();
        w.audit(Entry::new("account", account.uuid(), Self::NAME).begun(active));
        w.audit(Entry::new("customer", customer.uuid(), Self::NAME));
        let data = json!({ "customer": customer });
        w.emit(Event::new(
            "customer",
            customer.uuid(),
            "customer.signed_up",
            data,
        ));
        Ok(SignedUp { customer })
    }
}
