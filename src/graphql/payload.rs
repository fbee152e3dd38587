//! What every mutation answers: the thing, its errors, its warnings.

use super::error::AppError;
use super::user_error::UserError;
use crate::kernel::error::{Refused, Stop};

/// What a nullable field answers: `null` only beside an error, its siblings are kept.
pub type Reply<T> = Option<Result<T, AppError>>;

/// A payload that can say no.
pub trait Payload {
    /// The payload of a refusal: no thing, these errors.
    fn refused(errors: Vec<UserError>) -> Self;
}

/// Turns what a verb came to into the answer of its field.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the field is nullable, see `Reply`"
)]
pub fn reply<P: Payload>(result: Result<P, Stop>) -> Reply<P> {
    match result {
        Ok(payload) => Some(Ok(payload)),
        Err(Stop::Refused(refusals)) => Some(Ok(P::refused(user_errors(refusals)))),
        Err(stop) => Some(Err(stop.into())),
    }
}

/// Refusals as clients see them.
pub fn user_errors(refusals: Vec<Refused>) -> Vec<UserError> {
    refusals.into_iter().map(UserError::from).collect()
}

/// Declares a payload: nullable things, then `errors` and `warnings`.
macro_rules! payload {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $ty:ty,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Default, async_graphql::SimpleObject)]
        pub struct $name {
            $($(#[doc = $field_doc])+ pub $field: Option<$ty>,)+
            /// Why nothing (or not everything) was done; empty on success.
            pub errors: Vec<$crate::graphql::user_error::UserError>,
            /// What is worth knowing beside.
            pub warnings: Vec<$crate::graphql::user_error::Warning>,
        }

        impl $crate::graphql::payload::Payload for $name {
            fn refused(errors: Vec<$crate::graphql::user_error::UserError>) -> Self {
                Self { errors, ..Self::default() }
            }
        }
    };
}
pub(super) use payload;
