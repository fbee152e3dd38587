//! `cart.complete`: phase A of a completion. The cart goes to the till, its order is written down,
//! its stock held, its payment opened; nobody is called yet.
//!
//! Pricing happens before the transaction; inside, what others can change of the basket is read
//! again, and if it differs from what was priced, all is prepared anew. Stock is not: what is
//! short was seen before, and the hold has the last word.

use chrono::TimeDelta;
use entity::id::{CartId, OrderId, ProcessId};
use entity::payments::Method;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::cart::facts::Facts;
use crate::domain::cart::refusal::Refusal;
use crate::domain::cart::totals::{self, Quote};
use crate::domain::cart::{completion, steps, store};
use crate::domain::inventory::steps as inventory;
use crate::domain::order::plan::OrderPlan;
use crate::domain::order::steps as order;
use crate::domain::payment::request::{INVOICE, NewPayment};
use crate::domain::payment::steps as payment;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::money::Money;
use crate::kernel::permission::Permission;
use crate::kernel::scope::Scope;
use crate::write::{Before, Command, KeyRule, Write, processes};

/// The process that carries a completion on.
pub const PROCESS: &str = "complete_cart";
/// Its first recovery point: nobody was called yet.
pub const AUTHORIZE: &str = "authorize";

/// How the buyer pays.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentChoice {
    /// By card or on invoice.
    pub method: Method,
    /// The adapter that carries it out.
    pub gateway: String,
    /// The provider's token; empty for an invoice.
    pub token: String,
}

/// Makes an order of a cart.
#[derive(Clone, Debug, Serialize)]
pub struct CartComplete {
    /// Which cart.
    pub cart: CartId,
    /// The version that the buyer has seen.
    pub expected_version: i64,
    /// The total that the buyer has agreed to.
    pub expected_total: Money,
    /// How the buyer pays.
    pub payment: PaymentChoice,
    /// How long whoever runs this may work on it before others take over.
    #[serde(skip)]
    pub lease: TimeDelta,
    /// How long stock is held for the payment.
    #[serde(skip)]
    pub hold: TimeDelta,
}

/// What was begun.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Begun {
    /// The order.
    pub order: OrderId,
    /// What carries it on; none where nobody has to be asked.
    pub process: Option<ProcessId>,
    /// The right to carry it on, for whoever began it.
    pub token: Option<Uuid>,
}

/// What was priced before the transaction.
pub struct Priced {
    /// The version of the cart that was priced.
    version: i64,
    facts: Facts,
    quote: Quote,
}

impl Command for CartComplete {
    const NAME: &'static str = "cart.complete";
    const PERMISSION: Permission = Permission::CartOwn;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = Priced;
    type Output = Begun;

    async fn prepare(&self, before: &Before) -> Result<Priced, Stop> {
        let scope = Scope::carts(&before.caller);
        let cart = store::find(&before.read, &scope, self.cart).await?;
        let cart = cart.ok_or(Refusal::NotFound)?;
        let facts = store::facts(&before.read, &cart).await?;
        let quote = totals::compute(&facts).map_err(|_| Refusal::TooLarge)?;
        Ok(Priced {
            version: cart.version,
            facts,
            quote,
        })
    }

    async fn run(&self, priced: &Priced, w: &mut Write) -> Result<Begun, Stop> {
        let row = steps::open(w, self.cart, Some(self.expected_version)).await?;
        let basket = &priced.facts.basket;
        if row.version != priced.version {
            return Err(Stop::Stale);
        }
        let row = steps::begin_checkout(w, row, basket.lines.len()).await?;
        if store::again(w.read(), &row, basket).await? != *basket {
            return Err(Stop::Stale);
        }
        self.check(priced)?;
        let plan = completion::order(w.id(), basket, &priced.quote);
        let plan = plan.ok_or_else(|| Fault::bug("a ready cart has no contact"))?;
        order::place(w, &plan).await?;
        let operation = self.open_payment(w, &plan).await?;
        hold(w, &plan, w.now() + self.hold).await?;
        if operation {
            return self.start(w, plan.id).await;
        }
        inventory::pin(w, plan.id, true).await?;
        if plan.totals.total == 0 {
            inventory::allocate(w, plan.id).await?;
            let placed = order::lock(w, &Scope::All, plan.id, None).await?;
            order::confirm(w, placed).await?;
        }
        steps::complete(w, self.cart).await?;
        Ok(Begun {
            order: plan.id,
            process: None,
            token: None,
        })
    }
}

impl CartComplete {
    fn check(&self, priced: &Priced) -> Result<(), Stop> {
        let obstacles = completion::obstacles(&priced.facts);
        if !obstacles.is_empty() {
            return Err(obstacles.into());
        }
        Ok(completion::agreed(self.expected_total, priced.quote.total)?)
    }

    /// Opens the payment; tells whether a provider has to be asked.
    async fn open_payment(&self, w: &mut Write, plan: &OrderPlan) -> Result<bool, Stop> {
        if plan.totals.total == 0 {
            return Ok(false);
        }
        let gateway = match self.payment.method {
            Method::Card => self.payment.gateway.clone(),
            Method::Invoice => INVOICE.to_owned(),
        };
        let new = NewPayment {
            order: plan.id,
            method: self.payment.method,
            gateway,
            amount: Money::new(plan.totals.total, plan.currency),
            token: self.payment.token.clone(),
        };
        Ok(payment::open(w, &new).await?.operation.is_some())
    }

    async fn start(&self, w: &Write, order: OrderId) -> Result<Begun, Stop> {
        let subject = self.cart.uuid();
        let lease =
            processes::start(w, PROCESS, subject, Some(order), AUTHORIZE, self.lease).await?;
        Ok(Begun {
            order,
            process: Some(lease.process),
            token: Some(lease.token),
        })
    }
}

async fn hold(
    w: &mut Write,
    plan: &OrderPlan,
    until: crate::kernel::clock::Instant,
) -> Result<(), Stop> {
    let want = |line: &crate::domain::order::plan::Line| inventory::Want {
        line_no: line.position,
        variant: line.variant,
        quantity: line.quantity,
    };
    let wants: Vec<_> = plan.lines.iter().map(want).collect();
    inventory::hold(w, plan.id, plan.channel, &wants, until).await
}
