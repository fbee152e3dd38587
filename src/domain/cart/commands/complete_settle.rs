//! `cart.complete_settle`: phase C of a completion. Records what the provider answered and all that
//! follows: the order is confirmed, or fails and the cart goes back to its buyer, or both wait.

use entity::id::{CartId, OrderId, PaymentOperationId};
use entity::orders::Model as Order;
use entity::payment_operations::State as OperationState;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::cart::{steps, store};
use crate::domain::inventory::steps as inventory;
use crate::domain::order::steps as order;
use crate::domain::payment::port::{Answer, challenge_lifetime};
use crate::domain::payment::steps as payment;
use crate::kernel::clock::Instant;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::scope::Scope;
use crate::write::processes::Lease;
use crate::write::{Before, Command, NothingPrepared, Write, processes};

/// The recovery point of a completion whose outcome is not known.
pub const UNKNOWN: &str = "unknown";
/// The recovery point of a completion that waits for its buyer.
pub const CHALLENGE: &str = "challenge";

/// Records the provider's answer.
#[derive(Debug, Serialize)]
pub struct CompleteSettle {
    /// The cart.
    pub cart: CartId,
    /// Its order.
    pub order: OrderId,
    /// The authorization.
    pub operation: PaymentOperationId,
    /// What the provider said.
    pub answer: Answer,
    /// When to ask again where it said nothing.
    #[serde(skip)]
    pub next_check: Instant,
    /// The right to carry on.
    #[serde(skip)]
    pub lease: Lease,
}

/// How the completion stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// The order is confirmed.
    Confirmed,
    /// The payment was refused; the cart is its buyer's again.
    Declined,
    /// The money was there but the stock was gone; it is given back.
    OutOfStock,
    /// The buyer has to do something.
    ActionRequired,
    /// Nobody knows yet.
    Pending,
    /// Somebody else carries it on.
    LeaseLost,
}

impl Command for CompleteSettle {
    const NAME: &'static str = "cart.complete_settle";
    const PERMISSION: Permission = Permission::SystemJob;
    type Prepared = NothingPrepared;
    type Output = Stands;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<Stands, Stop> {
        if !processes::hold(w, self.lease).await? {
            return Ok(Stands::LeaseLost);
        }
        store::lock(w, &Scope::All, self.cart).await?;
        let order = order::lock(w, &Scope::All, self.order, None).await?;
        let settled = payment::settle(w, self.operation, &self.answer, self.next_check).await?;
        match settled.operation {
            OperationState::Succeeded => self.authorized(w, order).await,
            OperationState::Failed => self.declined(w).await,
            OperationState::ActionRequired => self.challenged(w).await,
            OperationState::Created | OperationState::Sent | OperationState::Unknown => {
                processes::park(w, self.lease, UNKNOWN, self.next_check).await?;
                Ok(Stands::Pending)
            }
        }
    }
}

impl CompleteSettle {
    async fn authorized(&self, w: &mut Write, order: Order) -> Result<Stands, Stop> {
        if !inventory::allocate(w, self.order).await? {
            return self.sold_out(w).await;
        }
        order::confirm(w, order).await?;
        steps::complete(w, self.cart).await?;
        self.finish(w, Stands::Confirmed, None).await
    }

    async fn declined(&self, w: &mut Write) -> Result<Stands, Stop> {
        let code = match &self.answer {
            Answer::Declined { code } => code.as_str(),
            Answer::Succeeded { .. } | Answer::ActionRequired { .. } | Answer::Unknown => {
                "declined"
            }
        };
        inventory::release(w, self.order).await?;
        order::fail_payment(w, self.order, code).await?;
        steps::revert(w, self.cart, "payment declined").await?;
        self.finish(w, Stands::Declined, Some(code)).await
    }

    /// The holds had lapsed and somebody else bought the rest: the money goes back.
    async fn sold_out(&self, w: &mut Write) -> Result<Stands, Stop> {
        inventory::release(w, self.order).await?;
        let standing = payment::locked_standing(w, self.order).await?;
        if let Some(paid) = standing.payments.iter().find(|payment| payment.counts()) {
            payment::request_void(w, paid.payment).await?;
        }
        order::fail_payment(w, self.order, "out_of_stock").await?;
        steps::revert(w, self.cart, "out of stock").await?;
        self.finish(w, Stands::OutOfStock, Some("out_of_stock"))
            .await
    }

    async fn challenged(&self, w: &mut Write) -> Result<Stands, Stop> {
        let seconds = match &self.answer {
            Answer::ActionRequired { lifetime_s, .. } => *lifetime_s,
            Answer::Succeeded { .. } | Answer::Declined { .. } | Answer::Unknown => 0,
        };
        let lifetime = challenge_lifetime(seconds);
        inventory::extend(w, self.order, w.now() + lifetime).await?;
        processes::park(w, self.lease, CHALLENGE, w.real() + lifetime).await?;
        Ok(Stands::ActionRequired)
    }

    async fn finish(&self, w: &Write, stands: Stands, code: Option<&str>) -> Result<Stands, Stop> {
        let outcome = json!({ "stands": stands, "code": code });
        processes::finish(w, self.lease, outcome).await?;
        Ok(stands)
    }
}
