//! The verbs of carts: a table of contents.

use async_graphql::{Context, Object};

use super::address_set::{CartAddressSetInput, CartAddressSetPayload, cart_address_set};
use super::claim::{CartClaimInput, CartClaimPayload, cart_claim};
use super::contact_set::{CartContactSetInput, CartContactSetPayload, cart_contact_set};
use super::create::{CartCreateInput, CartCreatePayload, cart_create};
use super::delivery_set::{CartDeliverySetInput, CartDeliverySetPayload, cart_delivery_set};
use super::lines_add::{CartLinesAddInput, CartLinesAddPayload, cart_lines_add};
use super::lines_remove::{CartLinesRemoveInput, CartLinesRemovePayload, cart_lines_remove};
use super::lines_update::{CartLinesUpdateInput, CartLinesUpdatePayload, cart_lines_update};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of carts.
#[derive(Default)]
pub struct CartMutation;

#[Object]
impl CartMutation {
    /// Makes a cart in the channel in use, perhaps with its first lines. A guest's cart opens with a
    /// secret that is shown here only.
    #[graphql(guard = "gate::cart_own", visible = "see::cart_own")]
    async fn cart_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new cart.")] input: CartCreateInput,
    ) -> Reply<CartCreatePayload> {
        cart_create(ctx, input).await
    }

    /// Adds variants; one that is in the cart already gets more pieces. Each entry answers for
    /// itself: those that can be added are, the others are in `errors`.
    #[graphql(guard = "gate::cart_own", visible = "see::cart_own")]
    async fn cart_lines_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to add.")] input: CartLinesAddInput,
    ) -> Reply<CartLinesAddPayload> {
        cart_lines_add(ctx, input).await
    }

    /// Sets quantities; zero removes the line. Each entry answers for itself.
    #[graphql(guard = "gate::cart_own", visible = "see::cart_own")]
    async fn cart_lines_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The quantities.")] input: CartLinesUpdateInput,
    ) -> Reply<CartLinesUpdatePayload> {
        cart_lines_update(ctx, input).await
    }

    /// Removes lines. Each entry answers for itself.
    #[graphql(guard = "gate::cart_own", visible = "see::cart_own")]
    async fn cart_lines_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to remove.")] input: CartLinesRemoveInput,
    ) -> Reply<CartLinesRemovePayload> {
        cart_lines_remove(ctx, input).await
    }

    /// Sets or replaces the shipping address, the billing address or both.
    #[graphql(guard = "gate::cart_own", visible = "see::cart_own")]
    async fn cart_address_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The addresses.")] input: CartAddressSetInput,
    ) -> Reply<CartAddressSetPayload> {
        cart_address_set(ctx, input).await
    }

    /// Sets or replaces how to reach the buyer.
    #[graphql(guard = "gate::cart_own", visible = "see::cart_own")]
    async fn cart_contact_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contact.")] input: CartContactSetInput,
    ) -> Reply<CartContactSetPayload> {
        cart_contact_set(ctx, input).await
    }

    /// Chooses one of the delivery methods that are offered to the cart.
    #[graphql(guard = "gate::cart_own", visible = "see::cart_own")]
    async fn cart_delivery_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The choice.")] input: CartDeliverySetInput,
    ) -> Reply<CartDeliverySetPayload> {
        cart_delivery_set(ctx, input).await
    }

    /// Binds the cart whose secret is sent in `X-Cart-Token` to the customer who is signed in. The
    /// secret is replaced; another cart of the customer stays as it is.
    #[graphql(guard = "gate::customer_self", visible = "see::customer_self")]
    async fn cart_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cart.")] input: CartClaimInput,
    ) -> Reply<CartClaimPayload> {
        cart_claim(ctx, input).await
    }
}
