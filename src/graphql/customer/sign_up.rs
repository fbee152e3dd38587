//! `customerSignUp`.

use async_graphql::{Context, InputObject};

use super::types::Customer;
use crate::domain::access::password::Password;
use crate::domain::customer::commands::SignUp;
use crate::domain::customer::profile::{Change, ProfileChange};
use crate::graphql::context::{call, execute};
use crate::graphql::input::parsed;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::Stop;
use crate::kernel::text::Email;

/// A new customer.
#[derive(InputObject)]
pub struct CustomerSignUpInput {
    /// The email to sign in with and to write to.
    email: String,
    /// The password: 8 to 128 characters.
    password: String,
    /// Given name.
    first_name: Option<String>,
    /// Family name.
    last_name: Option<String>,
    /// Telephone: 5 to 15 digits.
    phone: Option<String>,
    /// The language to write in, a tag such as `de-CH`.
    language: Option<String>,
    /// Makes a retry happen once: 16 to 128 visible characters. Needs `X-Cart-Token`, for a caller
    /// without any secret has nobody to bind it to.
    idempotency_key: Option<String>,
}

payload! {
    /// What `customerSignUp` answers.
    CustomerSignUpPayload {
        /// The new customer.
        customer: Customer,
    }
}

pub(super) async fn sign_up(
    ctx: &Context<'_>,
    input: CustomerSignUpInput,
) -> Reply<CustomerSignUpPayload> {
    reply(open(ctx, input).await)
}

async fn open(
    ctx: &Context<'_>,
    input: CustomerSignUpInput,
) -> Result<CustomerSignUpPayload, Stop> {
    let set = |field: Option<String>| field.map_or(Change::Keep, Change::Set);
    let command = SignUp {
        email: parsed("input.email", &input.email, Email::parse)?,
        password: parsed("input.password", &input.password, Password::chosen)?,
        profile: ProfileChange::read(ProfileChange {
            first_name: set(input.first_name),
            last_name: set(input.last_name),
            phone: set(input.phone),
            language: set(input.language),
        })?,
        access: call(ctx)?.access.clone(),
    };
    let signed_up = execute(ctx, input.idempotency_key.as_deref(), command).await?;
    Ok(CustomerSignUpPayload {
        customer: Some(Customer::by_id(ctx, signed_up.customer).await?),
        ..Default::default()
    })
}
