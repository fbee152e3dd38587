//! `customerAddressAdd`.

use async_graphql::{Context, InputObject};

use super::address::CustomerAddress;
use super::types::Customer;
use crate::domain::customer::commands::AddAddress;
use crate::graphql::address::AddressInput;
use crate::graphql::context::execute;
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::Stop;

/// A new address.
#[derive(InputObject)]
pub struct CustomerAddressAddInput {
    /// The address.
    address: AddressInput,
    /// Whether carts begin with it from now on; the first one does anyway.
    #[graphql(default)]
    make_default: bool,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `customerAddressAdd` answers.
    CustomerAddressAddPayload {
        /// The new address.
        address: CustomerAddress,
        /// The customer as they are now.
        customer: Customer,
    }
}

pub(super) async fn address_add(
    ctx: &Context<'_>,
    input: CustomerAddressAddInput,
) -> Reply<CustomerAddressAddPayload> {
    reply(add(ctx, &input).await)
}

async fn add(
    ctx: &Context<'_>,
    input: &CustomerAddressAddInput,
) -> Result<CustomerAddressAddPayload, Stop> {
    let command = AddAddress {
        address: input.address.read("input.address")?,
        make_default: input.make_default,
    };
    let done = execute(ctx, input.idempotency_key.as_deref(), command).await?;
    Ok(CustomerAddressAddPayload {
        address: CustomerAddress::of(ctx, &done).await?,
        customer: Some(Customer::by_id(ctx, done.customer).await?),
        ..Default::default()
    })
}
