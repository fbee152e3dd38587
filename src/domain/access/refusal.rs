//! Every way this area says no, in order of precedence.

use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Details, Refusal as Refuse, Refused};

/// A no of this area. Some are stored as the outcome of a verb that keeps something while it
/// refuses, so they hold no personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No such account.
    NoAccount,
    /// The account has changed since the client saw it.
    Changed {
        /// Its version now.
        current: i64,
    },
    /// Too many wrong passwords.
    Locked,
    /// Email and password don't belong together, or the account is disabled.
    WrongCredentials,
    /// The refresh token is worth nothing.
    InvalidRefreshToken,
    /// An old refresh token came back; the session has ended.
    ReusedRefreshToken,
    /// The token at hand belongs to no session.
    NoSession,
    /// The email belongs to an account already.
    EmailTaken,
    /// The role is not one of the staff.
    NoStaffRole,
    /// Nobody disables themselves.
    Oneself,
    /// It is disabled already.
    AlreadyDisabled,
}

impl Refuse for Refusal {
    fn refused(&self) -> Refused {
        match self {
            Self::NoAccount => Refused::not_found("input.id", "account"),
            Self::Changed { current } => Refused::new(
                Code::VersionConflict,
                "The account has changed since; read it again.",
            )
            .with(Details::Version { current: *current })
            .at("input.expectedVersion"),
            Self::Locked => Refused::new(
                Code::AccountLocked,
                "Too many wrong passwords; try again later.",
            ),
            Self::WrongCredentials => Refused::new(
                Code::InvalidCredentials,
                "Email and password do not belong together.",
            ),
            Self::InvalidRefreshToken => Refused::new(
                Code::RefreshTokenInvalid,
                "The refresh token is unknown, used up or expired; sign in again.",
            )
            .at("input.refreshToken"),
            Self::ReusedRefreshToken => Refused::new(
                Code::RefreshTokenReused,
                "The refresh token was used before; its session has ended, sign in again.",
            )
            .at("input.refreshToken"),
            Self::NoSession => Refused::new(
                Code::NotFound,
                "The access token belongs to no session that could be ended.",
            ),
            Self::EmailTaken => Refused::new(
                Code::AlreadyExists,
                "There is an account with this email already.",
            )
            .at("input.email"),
            Self::NoStaffRole => {
                Refused::invalid("input.role", "The role must be one of the staff.")
            }
            Self::Oneself => Refused::new(
                Code::GuardFailed,
                "Nobody can disable the account they are signed in with.",
            )
            .at("input.id"),
            Self::AlreadyDisabled => Refused::new(
                Code::InvalidTransition,
                "disable is not possible while it is disabled.",
            )
            .with(Details::Transition {
                from: "disabled".to_owned(),
                allowed: Vec::new(),
                blocked_by: Vec::new(),
            })
            .at("input.id"),
        }
    }
}
