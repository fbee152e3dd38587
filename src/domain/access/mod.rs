//! Accounts, sessions and keys: who somebody is.
//!
//! An account (customer or staff) signs in with email and password and gets a session. A session is
//! a family of refresh tokens, of which only the newest is good; each comes with an access token,
//! a signed JSON Web Token that every node checks by itself.
//!
//! Invariants: one account per email; a session has one live branch; a used refresh token that
//! comes back ends its session (but for some seconds, when its successor is answered again); only
//! hashes of passwords and refresh tokens are stored, private keys only sealed. Access tokens are
//! not looked up: after `account.disable` or `session.end` they hold until they expire (ten
//! minutes unless set otherwise), and no refresh follows. What goes on (a subscription) asks
//! [`stands`] when it begins and after every event of its account, and ends at once.
//!
//! That an email has an account can be found out by signing up with it, so a locked account says
//! so; a disabled one is answered as a wrong password. What each role may do stands in
//! `kernel::permission`. Uses no other area. Deliberately absent: names and addresses of
//! customers (area `customer`), carts that are claimed at sign-in (a process), mail.
//!
//! To add a way to sign in: 1. its rule in a plain file; 2. a verb in `commands/` that gives a
//! `Grant`; 3. its card in `domain/registry.rs`; 4. its mutation in `graphql/access`.

pub mod check;
pub mod commands;
pub mod grant;
pub mod keys;
pub mod lockout;
pub mod password;
pub mod refresh;
pub mod refusal;
pub mod role;
pub mod settings;
pub mod steps;
pub mod store;
pub mod token;

pub use grant::Grant;
pub use settings::{Lifetimes, Lockout, Names, PasswordCost, Settings};
pub use steps::{Passwords, stands};
pub use store::tokens::Tokens;
pub use token::{AccessToken, Bearer};

use crate::kernel::secret::SecretKey;

/// The noun of the events of accounts and their sessions.
pub const ACCOUNT: &str = "account";

/// What the verbs and doors of this area share within a process. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Access {
    /// What the operator has set.
    pub settings: Settings,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Signs and checks access tokens.
    pub tokens: Tokens,
}

impl Access {
    /// Puts it together.
    pub fn new(settings: Settings, secret: SecretKey) -> Self {
        Self {
            passwords: Passwords::new(settings.cost),
            tokens: Tokens::new(settings.clone(), secret),
            settings,
        }
    }
}
