//! `cartCreate`.

use async_graphql::{Context, InputObject};

use super::lines_add::{CartLineAddInput, additions};
use super::types::Cart;
use crate::domain::cart::commands;
use crate::domain::cart::facts::Attribution;
use crate::graphql::context::{call, execute};
use crate::graphql::input::parsed;
use crate::graphql::payload::{Reply, payload, reply, user_errors};
use crate::kernel::error::Stop;
use crate::kernel::text::Language;

/// The campaign that brought the buyer.
#[derive(Clone, Debug, InputObject)]
pub struct CartAttributionInput {
    /// Where the buyer came from (`utm_source`), at most 200 characters.
    source: Option<String>,
    /// By which medium (`utm_medium`), at most 200 characters.
    medium: Option<String>,
    /// By which campaign (`utm_campaign`), at most 200 characters.
    name: Option<String>,
}

/// A new cart in the channel in use.
#[derive(InputObject)]
pub struct CartCreateInput {
    /// The language of the buyer, one of the channel's. Without it the one of `Accept-Language`, or
    /// the channel's default.
    language: Option<String>,
    /// The campaign that brought the buyer; frozen with the cart.
    attribution: Option<CartAttributionInput>,
    /// What it holds at once, at most 250.
    #[graphql(default)]
    lines: Vec<CartLineAddInput>,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `cartCreate` answers.
    CartCreatePayload {
        /// The new cart.
        cart: Cart,
        /// The secret of a guest's cart, to be sent as `X-Cart-Token`; shown here only. Null for the
        /// cart of a signed-in customer.
        cart_token: String,
    }
}

impl CartCreateInput {
    fn command(&self, ctx: &Context<'_>) -> Result<commands::CartCreate, Stop> {
        let call = call(ctx)?;
        let language = self.language.as_deref();
        let attribution = match &self.attribution {
            Some(one) => {
                let texts = [&one.source, &one.medium, &one.name].map(Option::as_deref);
                Attribution::read(texts, "input.attribution")?
            }
            None => Attribution::default(),
        };
        Ok(commands::CartCreate {
            channel: call.channel()?.id,
            language: language
                .map(|tag| parsed("input.language", tag, Language::parse))
                .transpose()?,
            accepts: Some(call.language.clone()),
            attribution,
            lines: additions(&self.lines)?,
        })
    }
}

pub(super) async fn cart_create(
    ctx: &Context<'_>,
    input: CartCreateInput,
) -> Reply<CartCreatePayload> {
    reply(create(ctx, input).await)
}

async fn create(ctx: &Context<'_>, input: CartCreateInput) -> Result<CartCreatePayload, Stop> {
    let key = input.idempotency_key.as_deref();
    let created = execute(ctx, key, input.command(ctx)?).await?;
    let secret_key = call(ctx)?.door.secret_key();
    let mint = |generation| secret_key.mint("cart", created.cart.uuid(), generation);
    Ok(CartCreatePayload {
        cart: Some(Cart::by_id(ctx, created.cart).await?),
        cart_token: created.secret_generation.map(mint),
        errors: user_errors(created.refused),
        ..Default::default()
    })
}
