//! `customerUpdate`.

use async_graphql::{Context, InputObject, MaybeUndefined};

use super::types::Customer;
use crate::domain::customer::commands::Update;
use crate::domain::customer::profile::{Change, ProfileChange};
use crate::graphql::context::execute;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::Stop;

/// Changes of a profile; what is left out stays, null empties.
#[derive(InputObject)]
pub struct CustomerUpdateInput {
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Given name.
    first_name: MaybeUndefined<String>,
    /// Family name.
    last_name: MaybeUndefined<String>,
    /// Telephone: 5 to 15 digits.
    phone: MaybeUndefined<String>,
    /// The language to write in, a tag such as `de-CH`.
    language: MaybeUndefined<String>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `customerUpdate` answers.
    CustomerUpdatePayload {
        /// The customer as they are now.
        customer: Customer,
    }
}

/// What a field of an input means.
fn change(field: MaybeUndefined<String>) -> Change<String> {
    match field {
        MaybeUndefined::Undefined => Change::Keep,
        MaybeUndefined::Null => Change::Clear,
        MaybeUndefined::Value(value) => Change::Set(value),
    }
}

pub(super) async fn update(
    ctx: &Context<'_>,
    input: CustomerUpdateInput,
) -> Reply<CustomerUpdatePayload> {
    reply(apply(ctx, input).await)
}

async fn apply(
    ctx: &Context<'_>,
    input: CustomerUpdateInput,
) -> Result<CustomerUpdatePayload, Stop> {
    let command = Update {
        change: ProfileChange::read(ProfileChange {
            first_name: change(input.first_name),
            last_name: change(input.last_name),
            phone: change(input.phone),
            language: change(input.language),
        })?,
        expected_version: input.expected_version.map(i64::from),
    };
    let updated = execute(ctx, input.idempotency_key.as_deref(), command).await?;
    Ok(CustomerUpdatePayload {
        customer: Some(Customer::by_id(ctx, updated.customer).await?),
        ..Default::default()
    })
}
