//! `cart.create`: a new cart in a channel, perhaps with its first lines.
//!
//! A customer's cart is bound to the customer; anybody else's opens with a secret, which is shown
//! once and of which only the hash is stored.

use entity::carts::{Model, State};
use entity::id::{CartId, ChannelId, VariantId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::differences;
use crate::domain::cart::facts::Attribution;
use crate::domain::cart::lines::{self, Addition, Plan};
use crate::domain::cart::refusal::Refusal;
use crate::domain::cart::{language, steps, store};
use crate::kernel::error::{Refusal as _, Refused, Stop};
use crate::kernel::money::Currency;
use crate::kernel::permission::Permission;
use crate::kernel::secret::SecretHash;
use crate::kernel::text::Language;
use crate::write::{Before, Command, NothingPrepared, Write};

/// Makes a cart.
#[derive(Debug, Serialize)]
pub struct CartCreate {
    /// Where it buys.
    pub channel: ChannelId,
    /// The language that the buyer asks for; refused if the channel is not kept in it.
    pub language: Option<Language>,
    /// The language that the buyer reads, taken where the channel is kept in it; a header, so no
    /// part of what a key is bound to.
    #[serde(skip)]
    pub accepts: Option<String>,
    /// Where the buyer came from.
    pub attribution: Attribution,
    /// What it holds at once.
    pub lines: Vec<Addition>,
}

/// A cart was made.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartCreated {
    /// Which.
    pub cart: CartId,
    /// The generation of its secret: with it the secret can be made again. None if it has none.
    pub secret_generation: Option<i64>,
    /// Lines that were refused; the others are in it.
    pub refused: Vec<Refused>,
}

impl Command for CartCreate {
    const NAME: &'static str = "cart.create";
    const PERMISSION: Permission = Permission::CartOwn;
    const DRY_RUN: bool = false;
    type Prepared = NothingPrepared;
    type Output = CartCreated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CartCreated, Stop> {
        let market = store::market(w.read(), self.channel).await?;
        if !market.active {
            return Err(Refusal::ChannelClosed.into());
        }
        let kept = store::languages(w.read(), self.channel).await?;
        let language = language::choose(&kept, self.language.as_ref(), self.accepts.as_deref());
        let language = language.map_err(|refusal| refusal.at("input.language"))?;
        let row = self.row(w, market.currency, language);
        let (cart, customer) = (row.id, row.customer_id);
        let generation = row.secret_hash.as_ref().map(|_| row.secret_generation);
        let plan = self.plan(w, &row).await?;
        store::begin(w, row).await?;
        store::put(w, cart, &plan.changes).await?;
        if let Some(customer) = customer {
            store::adopt_contact(w, cart, customer).await?;
        }
        let what = json!({
            "channel": self.channel.to_string(),
            "customer": customer.map(|one| one.to_string()),
            "lines": differences(&plan.changes),
        });
        steps::record_begun(w, cart, Self::NAME, what);
        Ok(CartCreated {
            cart,
            secret_generation: generation,
            refused: plan.refused,
        })
    }
}

impl CartCreate {
    /// The first lines; all of them refused refuses the cart.
    async fn plan(&self, w: &Write, cart: &Model) -> Result<Plan, Stop> {
        if self.lines.is_empty() {
            return Ok(Plan::default());
        }
        lines::bounded(&self.lines, "input.lines")?;
        let variants: Vec<VariantId> = self.lines.iter().map(|one| one.variant).collect();
        let known = store::known(w.read(), cart, &variants).await?;
        let plan = lines::add(&known, &self.lines);
        if plan.changes.is_empty() {
            return Err(plan.refused.into());
        }
        Ok(plan)
    }

    /// The cart as it begins: with a secret where there is no customer to know it by.
    fn row(&self, w: &Write, currency: Currency, language: String) -> Model {
        let cart: CartId = w.id();
        let customer = w.caller().customer();
        let generation = i64::from(customer.is_none());
        let secret = SecretHash::of(&w.mint("cart", cart.uuid(), generation));
        Model {
            id: cart,
            channel_id: self.channel,
            customer_id: customer,
            currency: currency.code().to_owned(),
            language,
            state: State::Active,
            secret_generation: generation,
            secret_hash: customer.is_none().then_some(secret.0),
            delivery_method_id: None,
            campaign_source: self.attribution.source.clone(),
            campaign_medium: self.attribution.medium.clone(),
            campaign_name: self.attribution.name.clone(),
            last_active_at: w.now(),
            version: 1,
            created_at: w.now(),
            updated_at: w.now(),
        }
    }
}
