//! Top-level errors: faults, and refusals of queries. [`AppError`] has no `Display` on purpose.

use async_graphql::{Error, ErrorExtensions, Value};

use crate::kernel::error::{Code, Fault, Refused, Stop};

/// What a resolver fails with.
#[derive(Clone, Debug)]
pub struct AppError {
    code: Code,
    message: String,
    path: Vec<String>,
}

impl AppError {
    /// The stable code.
    pub fn code(&self) -> Code {
        self.code
    }
}

impl From<Fault> for AppError {
    fn from(fault: Fault) -> Self {
        let code = fault.code();
        let message = match &fault {
            Fault::Forbidden(permission) => format!("This needs the permission {permission}."),
            Fault::Unauthenticated(why) => format!("Not signed in: {why}."),
            Fault::Busy => "Too much at once; try again in a moment.".to_owned(),
            Fault::Timeout => "The request took too long.".to_owned(),
            Fault::Unavailable(what) => format!("{what} does not answer at the moment."),
            Fault::Corrupt { table, column, id } => {
                tracing::error!(table, column, id, "a row that cannot be true");
                "A fault on our side; it is logged with the request id.".to_owned()
            }
            Fault::Internal(source) => {
                tracing::error!(error = %source, "internal fault");
                "A fault on our side; it is logged with the request id.".to_owned()
            }
        };
        Self {
            code,
            message,
            path: Vec::new(),
        }
    }
}

impl From<Refused> for AppError {
    fn from(refused: Refused) -> Self {
        Self {
            code: refused.code,
            message: refused.message,
            path: refused.path,
        }
    }
}

impl From<Stop> for AppError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Fault(fault) => fault.into(),
            Stop::Stale => Fault::Busy.into(),
            Stop::Refused(mut refusals) => match refusals.pop() {
                Some(refused) => refused.into(),
                None => Fault::bug("refused without a reason").into(),
            },
        }
    }
}

impl From<AppError> for Error {
    fn from(error: AppError) -> Self {
        let code = super::user_error::name(error.code);
        Error::new(error.message).extend_with(|_, extensions| {
            extensions.set("code", code);
            extensions.set("retryable", error.code.retryable());
            if !error.path.is_empty() {
                extensions.set("argument", Value::from(error.path.join(".")));
            }
        })
    }
}

/// Gives errors of the document itself (syntax, validation, limits) their code.
pub(super) fn mark_bad_requests(response: &mut async_graphql::Response) {
    let code = super::user_error::name(Code::BadRequest);
    for error in &mut response.errors {
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            extensions.set("code", code.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
    use futures_util::FutureExt;
    use serde_json::json;

    use super::*;

    struct Query;

    struct Product;

    #[Object]
    impl Query {
        async fn product(&self) -> Option<Product> {
            Some(Product)
        }

        async fn other(&self) -> i32 {
            1
        }
    }

    #[Object]
    impl Product {
        async fn name(&self) -> &str {
            "mug"
        }

        async fn boom(&self) -> Result<String, AppError> {
            Err(Fault::Busy.into())
        }

        async fn perhaps(&self) -> Option<Result<String, AppError>> {
            Some(Err(Fault::Busy.into()))
        }
    }

    /// 7.2.1 leaves the key out, and typed clients fail on it.
    #[test]
    fn an_error_in_a_field_that_is_never_null_takes_its_parent() {
        let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
        let data = |query: &str| {
            let response = schema.execute(query).now_or_never().unwrap();
            assert_eq!(response.errors.len(), 1);
            response.data.into_json().unwrap()
        };
        assert_eq!(
            data("{ product { name boom } other }"),
            json!({ "product": null, "other": 1 })
        );
        assert_eq!(
            data("{ product { name perhaps } other }"),
            json!({ "product": { "name": "mug", "perhaps": null }, "other": 1 })
        );
    }
}
