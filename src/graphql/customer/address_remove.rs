//! `customerAddressRemove`.

use async_graphql::{Context, ID, InputObject};

use super::types::Customer;
use crate::domain::customer::commands::RemoveAddress;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::Stop;

/// Which address goes.
#[derive(InputObject)]
pub struct CustomerAddressRemoveInput {
    /// Which address.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `customerAddressRemove` answers.
    CustomerAddressRemovePayload {
        /// The id of the address that is gone.
        removed_id: ID,
        /// The customer as they are now.
        customer: Customer,
    }
}

pub(super) async fn address_remove(
    ctx: &Context<'_>,
    input: CustomerAddressRemoveInput,
) -> Reply<CustomerAddressRemovePayload> {
    reply(remove(ctx, &input).await)
}

async fn remove(
    ctx: &Context<'_>,
    input: &CustomerAddressRemoveInput,
) -> Result<CustomerAddressRemovePayload, Stop> {
    let command = RemoveAddress {
        address: parse_id(&input.id, "input.id")?,
        expected_version: input.expected_version.map(i64::from),
    };
    let done = execute(ctx, input.idempotency_key.as_deref(), command).await?;
    Ok(CustomerAddressRemovePayload {
        removed_id: Some(done.address.to_string().into()),
        customer: Some(Customer::by_id(ctx, done.customer).await?),
        ..Default::default()
    })
}
