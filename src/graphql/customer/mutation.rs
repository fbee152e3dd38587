//! The verbs of customers: a table of contents.

use async_graphql::{Context, Object};

use super::address_add::{CustomerAddressAddInput, CustomerAddressAddPayload, address_add};
use super::address_remove::{
    CustomerAddressRemoveInput, CustomerAddressRemovePayload, address_remove,
};
use super::address_update::{
    CustomerAddressUpdateInput, CustomerAddressUpdatePayload, address_update,
};
use super::sign_up::{CustomerSignUpInput, CustomerSignUpPayload, sign_up};
use super::update::{CustomerUpdateInput, CustomerUpdatePayload, update};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of customers.
#[derive(Default)]
pub struct CustomerMutation;

#[Object]
impl CustomerMutation {
    /// Opens an account for somebody who buys. It does not sign in: call `signIn` next.
    async fn customer_sign_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: CustomerSignUpInput,
    ) -> Reply<CustomerSignUpPayload> {
        sign_up(ctx, input).await
    }

    /// Changes your own profile; what is left out stays.
    #[graphql(guard = "gate::customer_self", visible = "see::customer_self")]
    async fn customer_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: CustomerUpdateInput,
    ) -> Reply<CustomerUpdatePayload> {
        update(ctx, input).await
    }

    /// Adds an address to your book. The first one becomes the default.
    #[graphql(guard = "gate::customer_self", visible = "see::customer_self")]
    async fn customer_address_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address.")] input: CustomerAddressAddInput,
    ) -> Reply<CustomerAddressAddPayload> {
        address_add(ctx, input).await
    }

    /// Replaces an address of your book, or makes it the default.
    #[graphql(guard = "gate::customer_self", visible = "see::customer_self")]
    async fn customer_address_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: CustomerAddressUpdateInput,
    ) -> Reply<CustomerAddressUpdatePayload> {
        address_update(ctx, input).await
    }

    /// Removes an address of your book. If it was the default, the oldest that is left becomes it.
    #[graphql(guard = "gate::customer_self", visible = "see::customer_self")]
    async fn customer_address_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: CustomerAddressRemoveInput,
    ) -> Reply<CustomerAddressRemovePayload> {
        address_remove(ctx, input).await
    }
}
