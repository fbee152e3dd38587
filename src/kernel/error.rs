//! The two kinds of "no": a refusal answers the client in the payload, a fault is ours.
//!
//! A refusal has a stable [`Code`], a sentence, the path of the field, and the figures a client
//! needs to do better. Deliberately absent: `Display` on [`Fault`], so that no text of ours slips
//! into an answer.

use serde::{Deserialize, Serialize};

use super::money::Money;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident $(, $retry:ident)?;)+) => {
        /// Every code an answer can carry; stable once published.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// All of them, in the order of the manual.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Whether the same request may succeed later, unchanged.
            pub fn retryable(self) -> bool {
                match self { $(Self::$name => codes!(@retry $($retry)?),)+ }
            }
        }
    };
    (@retry retry) => { true };
    (@retry) => { false };
}

/// Hands the list of all codes to a macro: `codes!` here, the mirror of `graphql` there.
macro_rules! each_code {
    ($then:ident) => {
        $then! {
            /// An input value has the wrong form or is out of bounds.
            Validation;
            /// The thing does not exist, or the caller may not see it.
            NotFound;
            /// The caller's role may not do this.
            Forbidden;
            /// The request needs a signed-in caller, or its token does not hold.
            Unauthenticated;
            /// Email and password do not belong together.
            InvalidCredentials;
            /// The account is locked for a while after failed sign-ins.
            AccountLocked, retry;
            /// A refresh token was used twice; its whole session has ended.
            RefreshTokenReused;
            /// The refresh token is unknown, used up or expired.
            RefreshTokenInvalid;
            /// The value must be unique and is taken.
            AlreadyExists;
            /// The thing is still used by others.
            InUse;
            /// The object has changed since `expectedVersion`.
            VersionConflict;
            /// The action is not possible in the present state.
            InvalidTransition;
            /// Fields that the action needs are empty.
            MissingFields;
            /// A condition of the action does not hold.
            GuardFailed;
            /// The mutation needs an idempotency key.
            IdempotencyKeyRequired;
            /// The key was used before with another input.
            IdempotencyKeyReused;
            /// A first request with this key is still running.
            IdempotencyInProgress, retry;
            /// A caller without token or cart secret cannot bind a key.
            IdempotencyKeyWithoutIdentity;
            /// The key has the wrong form.
            IdempotencyKeyInvalid;
            /// Not enough stock.
            OutOfStock;
            /// The product or variant cannot be bought in this channel now.
            NotSellable;
            /// The total differs from the expected one.
            PriceChanged;
            /// Amounts of different currencies meet.
            CurrencyMismatch;
            /// The cart is not ready to be completed.
            CartNotReady;
            /// The cart has an order already.
            CartAlreadyOrdered;
            /// The payment was declined.
            PaymentDeclined;
            /// The provider wants the customer to confirm.
            PaymentActionRequired;
            /// The amount is more than what is left.
            AmountExceedsBalance;
            /// A cursor of another list, sort or filter.
            InvalidCursor;
            /// More than the API takes at once.
            LimitExceeded;
            /// A subscriber did not keep up and was cut.
            SubscriptionLagged, retry;
            /// This verb cannot be tried without effect.
            DryRunUnsupported;
            /// A dry run ends before others would be called.
            DryRun;
            /// Something we depend on does not answer now.
            Unavailable, retry;
            /// Too much at once; try again.
            Busy, retry;
            /// The request took too long.
            Timeout, retry;
            /// A fault on our side; it is logged with the request id.
            Internal, retry;
            /// No document is known by this hash; send it once with its text.
            PersistedQueryNotFound;
            /// The hash that came with a document is another one's.
            PersistedQueryMismatch;
            /// The shop runs only the documents it knows.
            DocumentNotTrusted;
            /// The shop does not tell its types.
            IntrospectionOff;
            /// The document is not GraphQL, or not of this schema.
            BadRequest;
        }
    };
}
pub(crate) use each_code;

each_code!(codes);

/// One thing that stands in the way of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Name of the guard, stable.
    pub guard: String,
    /// Why it does not hold, for people.
    pub reason: String,
}

impl Block {
    /// `guard` does not hold because of `reason`.
    pub fn new(guard: &str, reason: impl Into<String>) -> Self {
        Self {
            guard: guard.to_owned(),
            reason: reason.into(),
        }
    }
}

/// The figures behind a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Details {
    /// Nothing beyond code and sentence.
    Plain,
    /// How many are left.
    Stock {
        /// The variant, as an id of the API.
        variant: String,
        /// Pieces asked for.
        requested: i64,
        /// Pieces left (approximate: others buy too).
        available: i64,
    },
    /// What the state allows.
    Transition {
        /// The present state.
        from: String,
        /// Actions possible now.
        allowed: Vec<String>,
        /// What blocks the asked one.
        blocked_by: Vec<Block>,
    },
    /// What the price was thought to be, and is.
    Price {
        /// As the client expected.
        expected: Money,
        /// As it is.
        actual: Money,
    },
    /// The version the object has now.
    Version {
        /// The current version.
        current: i64,
    },
    /// What is missing.
    Missing {
        /// Names of fields or steps.
        fields: Vec<String>,
    },
    /// The order that exists already.
    Order {
        /// Its id.
        order: String,
    },
}

/// A refusal as it is answered and stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Stable code.
    pub code: Code,
    /// A sentence for developers; no personal data.
    pub message: String,
    /// Path into the arguments of the mutation, outermost first.
    pub path: Vec<String>,
    /// The figures.
    pub details: Details,
}

impl Refused {
    /// A plain refusal.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            path: Vec::new(),
            details: Details::Plain,
        }
    }

    /// An input value that does not hold; `path` as in `input.lines.0.quantity`.
    pub fn invalid(path: &str, message: impl Into<String>) -> Self {
        Self::new(Code::Validation, message).at(path)
    }

    /// What was asked for does not exist, or may not be seen.
    pub fn not_found(path: &str, what: &str) -> Self {
        Self::new(Code::NotFound, format!("There is no such {what}.")).at(path)
    }

    /// Points to a field, as in `input.lines.0.quantity`.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        self.path = path.split('.').map(str::to_owned).collect();
        self
    }

    /// Adds the figures.
    #[must_use]
    pub fn with(mut self, details: Details) -> Self {
        self.details = details;
        self
    }
}

/// A way in which an area says no; one enum per area, variants in order of precedence.
pub trait Refusal: std::fmt::Debug {
    /// The answer to the client.
    fn refused(&self) -> Refused;

    /// The same, pointing to a field.
    fn at(&self, path: &str) -> Refused {
        self.refused().at(path)
    }
}

impl Refusal for Refused {
    fn refused(&self) -> Refused {
        self.clone()
    }
}

/// Something that is not the client's doing, or ends the request before any verb runs.
#[derive(Debug)]
pub enum Fault {
    /// The role may not do this.
    Forbidden(&'static str),
    /// No token, or one that does not hold.
    Unauthenticated(&'static str),
    /// The database is busy beyond our retries.
    Busy,
    /// The time for the request is over.
    Timeout,
    /// What we depend on does not answer.
    Unavailable(&'static str),
    /// A row that cannot be true.
    Corrupt {
        /// Its table.
        table: &'static str,
        /// Its column.
        column: &'static str,
        /// Its id.
        id: String,
    },
    /// Any other fault; masked outside, logged once.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Fault {
    /// A bug, described for our log.
    pub fn bug(text: impl Into<String>) -> Self {
        Self::Internal(text.into().into())
    }

    /// The code the client sees.
    pub fn code(&self) -> Code {
        match self {
            Self::Forbidden(_) => Code::Forbidden,
            Self::Unauthenticated(_) => Code::Unauthenticated,
            Self::Busy => Code::Busy,
            Self::Timeout => Code::Timeout,
            Self::Unavailable(_) => Code::Unavailable,
            Self::Corrupt { .. } | Self::Internal(_) => Code::Internal,
        }
    }
}

/// Why a verb did not run to its end.
#[derive(Debug)]
pub enum Stop {
    /// The answer is no; nothing was written.
    Refused(Vec<Refused>),
    /// What was prepared has changed meanwhile: prepare again.
    Stale,
    /// A fault; nothing was written.
    Fault(Fault),
}

impl<R: Refusal> From<R> for Stop {
    fn from(refusal: R) -> Self {
        Self::Refused(vec![refusal.refused()])
    }
}

impl From<Vec<Refused>> for Stop {
    fn from(refusals: Vec<Refused>) -> Self {
        Self::Refused(refusals)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
