//! `customerAddressUpdate`.

use async_graphql::{Context, ID, InputObject};

use super::address::CustomerAddress;
use super::types::Customer;
use crate::domain::customer::commands::UpdateAddress;
use crate::graphql::address::AddressInput;
use crate::graphql::context::{execute, parse_id};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::Stop;

/// A change of an address.
#[derive(InputObject)]
pub struct CustomerAddressUpdateInput {
    /// Which address.
    id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: Option<i32>,
    /// The address as it shall be, whole; left out it stays.
    address: Option<AddressInput>,
    /// Whether carts begin with it from now on.
    #[graphql(default)]
    make_default: bool,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `customerAddressUpdate` answers.
    CustomerAddressUpdatePayload {
        /// The address as it is now.
        address: CustomerAddress,
        /// The customer as they are now.
        customer: Customer,
    }
}

pub(super) async fn address_update(
    ctx: &Context<'_>,
    input: CustomerAddressUpdateInput,
) -> Reply<CustomerAddressUpdatePayload> {
    reply(update(ctx, &input).await)
}

async fn update(
    ctx: &Context<'_>,
    input: &CustomerAddressUpdateInput,
) -> Result<CustomerAddressUpdatePayload, Stop> {
    let replacement = input.address.as_ref();
    let command = UpdateAddress {
        address: parse_id(&input.id, "input.id")?,
        replacement: replacement
            .map(|address| address.read("input.address"))
            .transpose()?,
        make_default: input.make_default,
        expected_version: input.expected_version.map(i64::from),
    };
    let done = execute(ctx, input.idempotency_key.as_deref(), command).await?;
    Ok(CustomerAddressUpdatePayload {
        address: CustomerAddress::of(ctx, &done).await?,
        customer: Some(Customer::by_id(ctx, done.customer).await?),
        ..Default::default()
    })
}
