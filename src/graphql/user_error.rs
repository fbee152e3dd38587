//! Expected failures, as they stand in `errors` of every payload.

use async_graphql::{Enum, ID, Interface, SimpleObject};

use super::money::Money;
use crate::kernel::error::{Code, Details, Refused, each_code};

macro_rules! mirror {
    ($($(#[doc = $doc:literal])+ $name:ident $(, $retry:ident)?;)+) => {
        /// Stable codes of errors.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
        #[graphql(remote = "crate::kernel::error::Code")]
        pub enum ErrorCode { $($(#[doc = $doc])+ $name,)+ }
    };
}
each_code!(mirror);

/// The code as clients see it (`OUT_OF_STOCK`).
pub(super) fn name(code: Code) -> String {
    match async_graphql::resolver_utils::enum_value(ErrorCode::from(code)) {
        async_graphql::Value::Enum(name) => name.to_string(),
        other => other.to_string(),
    }
}

macro_rules! user_errors {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $ty:ty,)* })+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Debug, SimpleObject)]
            pub struct $name {
                /// Stable code.
                pub code: ErrorCode,
                /// What is wrong, for developers.
                pub message: String,
                /// Path into the arguments, outermost first; empty if it is about the whole.
                pub path: Vec<String>,
                /// Whether the same request may succeed later, unchanged.
                pub retryable: bool,
                $($(#[doc = $field_doc])+ pub $field: $ty,)*
            }
        )+

        /// An expected failure of a mutation.
        #[derive(Clone, Debug, Interface)]
        #[graphql(
            field(name = "code", ty = "&ErrorCode", desc = "Stable code."),
            field(name = "message", ty = "&String", desc = "What is wrong, for developers."),
            field(name = "path", ty = "&Vec<String>", desc = "Path into the arguments, outermost first; empty if it is about the whole."),
            field(name = "retryable", ty = "&bool", desc = "Whether the same request may succeed later, unchanged.")
        )]
        #[expect(clippy::enum_variant_names, reason = "the types of the API end so")]
        pub enum UserError {
            $(
                $(#[doc = $doc])+
                $name($name),
            )+
        }
    };
}

user_errors! {
    /// A failure without figures.
    PlainError {}
    /// Not enough stock for what was asked.
    InsufficientStockError {
        /// The variant that is short.
        variant_id: ID,
        /// Pieces asked for.
        requested: i32,
        /// Pieces left; approximate, as others buy too.
        available: i32,
    }
    /// The present state does not allow the action.
    TransitionError {
        /// The present state.
        from: String,
        /// Actions possible from it.
        allowed: Vec<String>,
        /// What blocks the asked one.
        blocked_by: Vec<Blocker>,
    }
    /// The total differs from the expected one.
    PriceChangedError {
        /// What was expected.
        expected: Money,
        /// What it is now.
        actual: Money,
    }
    /// The object has changed since `expectedVersion`.
    VersionConflictError {
        /// The version it has now.
        current_version: i32,
    }
    /// Something that the action needs is missing.
    MissingFieldsError {
        /// What is missing.
        fields: Vec<String>,
    }
    /// The cart has an order already.
    CartAlreadyOrderedError {
        /// That order.
        order_id: ID,
    }
}

/// One thing that stands in the way of an action.
#[derive(Clone, Debug, SimpleObject)]
pub struct Blocker {
    /// Name of the condition, stable.
    pub guard: String,
    /// Why it does not hold.
    pub reason: String,
}

impl From<crate::kernel::error::Block> for Blocker {
    fn from(block: crate::kernel::error::Block) -> Self {
        Self {
            guard: block.guard,
            reason: block.reason,
        }
    }
}

/// Something worth knowing that did not stop the mutation.
#[derive(Clone, Debug, SimpleObject)]
pub struct Warning {
    /// Stable code.
    pub code: ErrorCode,
    /// What is worth knowing.
    pub message: String,
    /// Path into the arguments, outermost first.
    pub path: Vec<String>,
}

impl From<Refused> for Warning {
    fn from(refused: Refused) -> Self {
        Self {
            code: refused.code.into(),
            message: refused.message,
            path: refused.path,
        }
    }
}

/// A number that fits GraphQL's `Int`; larger ones are capped.
pub(super) fn int(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}

/// Builds a type of error from the common fields and its own.
macro_rules! said {
    ($name:ident, $refused:ident, { $($field:ident: $value:expr),* }) => {
        UserError::$name($name {
            code: ErrorCode::from($refused.code),
            retryable: $refused.code.retryable(),
            message: $refused.message,
            path: $refused.path,
            $($field: $value,)*
        })
    };
}

impl From<Refused> for UserError {
    fn from(refused: Refused) -> Self {
        match refused.details {
            Details::Plain => said!(PlainError, refused, {}),
            Details::Stock {
                variant,
                requested,
                available,
            } => {
                said!(InsufficientStockError, refused, {
                    variant_id: ID(variant), requested: int(requested), available: int(available)
                })
            }
            Details::Transition {
                from,
                allowed,
                blocked_by,
            } => {
                let blocked_by = blocked_by.into_iter().map(Blocker::from).collect();
                said!(TransitionError, refused, { from: from, allowed: allowed, blocked_by: blocked_by })
            }
            Details::Price { expected, actual } => {
                said!(PriceChangedError, refused, { expected: expected.into(), actual: actual.into() })
            }
            Details::Version { current } => {
                said!(VersionConflictError, refused, { current_version: int(current) })
            }
            Details::Missing { fields } => said!(MissingFieldsError, refused, { fields: fields }),
            Details::Order { order } => {
                said!(CartAlreadyOrderedError, refused, { order_id: ID(order) })
            }
        }
    }
}
