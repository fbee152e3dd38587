//! What an operator may set: lifetimes, lock-out, the cost of a password, the names in tokens.

use chrono::TimeDelta;

/// How long things last, in real time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// An access token; what it says holds that long, whatever happens to the account meanwhile.
    pub access: TimeDelta,
    /// A refresh token, counted from its issue.
    pub refresh: TimeDelta,
    /// How long after its use a refresh token is answered with the same successor once more, for
    /// a client that has lost the answer.
    pub grace: TimeDelta,
    /// How long a key signs before the next one does.
    pub signing_key: TimeDelta,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            access: TimeDelta::minutes(10),
            refresh: TimeDelta::days(30),
            grace: TimeDelta::seconds(10),
            signing_key: TimeDelta::days(30),
        }
    }
}

/// When failed sign-ins lock an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lockout {
    /// Wrong passwords in a row.
    pub after: i64,
    /// For how long.
    pub lasts: TimeDelta,
}

impl Default for Lockout {
    fn default() -> Self {
        Self {
            after: 10,
            lasts: TimeDelta::minutes(15),
        }
    }
}

/// What one Argon2id hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for PasswordCost {
    /// The least that OWASP's password storage cheat sheet asks of Argon2id.
    fn default() -> Self {
        Self {
            memory_kib: 19 * 1024,
            passes: 2,
            lanes: 1,
        }
    }
}

/// Who gives tokens out, and to whom they speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// `iss`.
    pub issuer: String,
    /// `aud`.
    pub audience: String,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            issuer: "rialto".to_owned(),
            audience: "rialto-api".to_owned(),
        }
    }
}

/// All settings of the area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Names in tokens.
    pub names: Names,
    /// How long things last.
    pub lifetimes: Lifetimes,
    /// When an account is locked.
    pub lockout: Lockout,
    /// What a password costs.
    pub cost: PasswordCost,
}
