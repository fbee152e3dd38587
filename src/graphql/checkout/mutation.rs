//! The verbs of checkout: a table of contents.

use async_graphql::{Context, Object};

use super::cart_complete::{CartCompleteInput, CartCompletePayload, cart_complete};
use super::challenge_complete::{
    PaymentChallengeCompleteInput, PaymentChallengeCompletePayload, payment_challenge_complete,
};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of checkout.
#[derive(Default)]
pub struct CheckoutMutation;

#[Object]
impl CheckoutMutation {
    /// Makes an order of a cart: holds its stock, asks for the money, and confirms. Whatever happens
    /// on the way, a cart has at most one order whose payment has not failed; asking again with the
    /// same key gives the same order.
    #[graphql(guard = "gate::cart_own", visible = "see::cart_own")]
    async fn cart_complete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The cart, the agreed total, and how it is paid.")]
        input: CartCompleteInput,
    ) -> Reply<CartCompletePayload> {
        cart_complete(ctx, input).await
    }

    /// Hands in what the buyer brought back from a challenge, and carries the order on.
    #[graphql(guard = "gate::order_own", visible = "see::order_own")]
    async fn payment_challenge_complete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order, and what the buyer brought back.")]
        input: PaymentChallengeCompleteInput,
    ) -> Reply<PaymentChallengeCompletePayload> {
        payment_challenge_complete(ctx, input).await
    }
}
