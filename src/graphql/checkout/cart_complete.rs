//! `cartComplete`: the first command, then the process, then how it stands.

use async_graphql::{Context, ID, InputObject};
use entity::payments::Method;

use super::outcome::{CheckoutStatus, PaymentChallenge, outcome};
use crate::domain::cart::commands::{CartComplete, PaymentChoice};
use crate::domain::order::plan::{SECRET, SECRET_GENERATION};
use crate::graphql::cart::Cart;
use crate::graphql::context::{Call, call, execute_once, parse_id};
use crate::graphql::input::parsed;
use crate::graphql::money::MoneyInput;
use crate::graphql::order::Order;
use crate::graphql::payload::{Reply, payload, reply, user_errors};
use crate::graphql::payment::PaymentMethod;
use crate::graphql::user_error::Warning;
use crate::kernel::error::{Code, Refused, Stop};
use crate::kernel::text::PaymentToken;
use crate::process::complete_cart::CompleteCart;
use crate::process::delta;

/// How an order is paid.
#[derive(InputObject)]
pub struct CheckoutPaymentInput {
    /// By card or on invoice.
    method: PaymentMethod,
    /// The provider's token for a card; in the sandbox it says how the payment goes
    /// (`sandbox_approve`, `sandbox_decline`, `sandbox_challenge`, …). Card numbers are refused.
    token: Option<String>,
}

/// Makes an order of a cart.
#[derive(InputObject)]
pub struct CartCompleteInput {
    /// Which cart.
    cart_id: ID,
    /// The version it was read at; refused if it has changed since.
    expected_version: i32,
    /// The total that the buyer has seen and agreed to.
    expected_total: MoneyInput,
    /// How it is paid.
    payment: CheckoutPaymentInput,
    /// Makes a retry happen once: 16 to 128 visible characters. Demanded here or as the header
    /// `Idempotency-Key`.
    idempotency_key: Option<String>,
}

payload! {
    /// What `cartComplete` answers.
    CartCompletePayload {
        /// The order, also one whose payment was refused.
        order: Order,
        /// The cart as it is now.
        cart: Cart,
        /// How the checkout stands.
        status: CheckoutStatus,
        /// What the buyer has to do, where the status is `ACTION_REQUIRED`.
        challenge: PaymentChallenge,
        /// The secret of a guest's order, to be sent as `X-Order-Token`.
        order_token: String,
    }
}

impl CartCompleteInput {
    fn command(&self, call: &Call) -> Result<CartComplete, Refused> {
        let method = Method::from(self.payment.method);
        let (gateway, token) = match method {
            Method::Invoice => (String::new(), String::new()),
            Method::Card => (card_gateway(call)?, self.token()?),
        };
        Ok(CartComplete {
            cart: parse_id(&self.cart_id, "input.cartId")?,
            expected_version: i64::from(self.expected_version),
            expected_total: self.expected_total.parse("input.expectedTotal")?,
            payment: PaymentChoice {
                method,
                gateway,
                token,
            },
            lease: delta(call.house.times.lease),
            hold: delta(call.house.times.hold),
        })
    }
}

impl CartCompleteInput {
    fn token(&self) -> Result<String, Refused> {
        let path = "input.payment.token";
        let missing = || Refused::invalid(path, "A card needs its token.");
        let token = self.payment.token.as_deref().ok_or_else(missing)?;
        Ok(parsed(path, token, PaymentToken::parse)?.into_string())
    }
}

fn card_gateway(call: &Call) -> Result<String, Refused> {
    let message = "This shop has no provider for cards.";
    let missing = || Refused::new(Code::Unavailable, message).at("input.payment.method");
    call.house.card.map(str::to_owned).ok_or_else(missing)
}

pub(super) async fn cart_complete(
    ctx: &Context<'_>,
    input: CartCompleteInput,
) -> Reply<CartCompletePayload> {
    reply(complete(ctx, input).await)
}

async fn complete(
    ctx: &Context<'_>,
    input: CartCompleteInput,
) -> Result<CartCompletePayload, Stop> {
    let call = call(ctx)?;
    let command = input.command(call)?;
    let cart = command.cart;
    let done = execute_once(ctx, input.idempotency_key.as_deref(), command).await?;
    let begun = done.output;
    let mut warnings = Vec::new();
    match begun.process {
        Some(_) if call.caller().dry_run => warnings.push(Warning {
            code: Code::DryRun.into(),
            message: "The payment provider would be asked to authorize the total now.".to_owned(),
            path: vec!["input".to_owned(), "payment".to_owned()],
        }),
        Some(process) => {
            let lease = begun.token.filter(|_| !done.replayed);
            CompleteCart::of(&call.house)
                .carry_on(process, lease)
                .await?;
        }
        None => {}
    }
    let order = Order::by_id(ctx, begun.order).await?;
    let outcome = outcome(ctx, &order).await?;
    let mint = || {
        call.door
            .secret_key()
            .mint(SECRET, begun.order.uuid(), SECRET_GENERATION)
    };
    Ok(CartCompletePayload {
        order_token: order.0.customer_id.is_none().then(mint),
        order: Some(order),
        cart: Some(Cart::by_id(ctx, cart).await?),
        status: Some(outcome.status),
        challenge: outcome.challenge,
        errors: user_errors(outcome.refused.into_iter().collect()),
        warnings,
    })
}
