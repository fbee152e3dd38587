//! `Payment` and what was asked of its provider.

use async_graphql::{Context, Enum, ID, Object};
use entity::id::{OrderId, PaymentId};
use entity::{payment_operations, payments};

use super::loaders::{ById, OfOrder, OperationsOf};
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::graphql::loader::{fetch, load};
use crate::graphql::money::Money;
use crate::graphql::order::Order;
use crate::graphql::scalar::DateTime;
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;
use crate::kernel::money::{self, Currency};

/// How an order is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "payments::Method")]
pub enum PaymentMethod {
    /// By card, through a payment provider.
    Card,
    /// On invoice, once finance has approved the terms.
    Invoice,
}

/// Where a payment is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "payments::State")]
pub enum PaymentState {
    /// Nobody was asked yet.
    Created,
    /// The provider is being asked.
    Authorizing,
    /// The buyer has to do something.
    ActionRequired,
    /// The provider has not answered; we ask again.
    Unknown,
    /// The money is set aside for us.
    Authorized,
    /// Some of it was taken.
    PartiallyCaptured,
    /// All of it was taken.
    Captured,
    /// Some of it was paid back.
    PartiallyRefunded,
    /// All of it was paid back.
    Refunded,
    /// It was given back untouched.
    Voided,
    /// It was refused.
    Failed,
}

/// What is asked of a payment provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "payment_operations::Kind")]
pub enum PaymentOperationKind {
    /// To set money aside for us.
    Authorize,
    /// To take it.
    Capture,
    /// To give it back untouched.
    Void,
    /// To pay it back.
    Refund,
}

/// How a request to a payment provider stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "payment_operations::State")]
pub enum PaymentOperationState {
    /// It is to be sent.
    Created,
    /// It was sent, or is being sent.
    Sent,
    /// The buyer has to do something first.
    ActionRequired,
    /// It is done.
    Succeeded,
    /// It was refused.
    Failed,
    /// The provider has not answered; we ask again.
    Unknown,
}

/// What is or was to be paid for an order.
#[derive(Clone, Debug)]
pub struct Payment(pub payments::Model);

impl Payment {
    /// The payments of an order that the caller sees, oldest first.
    pub async fn of_order(ctx: &Context<'_>, order: OrderId) -> Result<Vec<Self>, AppError> {
        let rows = load(ctx, OfOrder(order)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Self).collect())
    }

    /// The payment of a verb's output.
    pub async fn by_id(ctx: &Context<'_>, id: PaymentId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "payments",
            column: "id",
            id: id.to_string(),
        };
        Ok(Self(fetch(ctx, ById(id)).await?.ok_or_else(missing)?))
    }

    /// The payment with that id, if the caller may read payments.
    pub async fn find(ctx: &Context<'_>, id: PaymentId) -> Result<Option<Self>, AppError> {
        if !see::payment_read(ctx) {
            return Ok(None);
        }
        Ok(load(ctx, ById(id)).await?.map(Self))
    }

    fn money(&self, minor: i64) -> Result<Money, AppError> {
        let corrupt = |_| Fault::Corrupt {
            table: "payments",
            column: "currency",
            id: self.0.id.to_string(),
        };
        let currency: Currency = self.0.currency.parse().map_err(corrupt)?;
        Ok(money::Money::new(minor, currency).into())
    }
}

/// What is or was to be paid for an order.
#[Object]
impl Payment {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Counts changes; give it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// How it is paid.
    async fn method(&self) -> PaymentMethod {
        self.0.method.into()
    }

    /// Where it is in its life.
    async fn state(&self) -> PaymentState {
        self.0.state.into()
    }

    /// What was asked for.
    async fn amount(&self) -> Result<Money, AppError> {
        self.money(self.0.amount_minor)
    }

    /// Of that, set aside for us.
    async fn authorized(&self) -> Result<Money, AppError> {
        self.money(self.0.authorized_minor)
    }

    /// Of that, taken.
    async fn captured(&self) -> Result<Money, AppError> {
        self.money(self.0.captured_minor)
    }

    /// Of that, paid back.
    async fn refunded(&self) -> Result<Money, AppError> {
        self.money(self.0.refunded_minor)
    }

    /// Why the provider refused it, as it codes that; null where it did not.
    async fn decline_code(&self, ctx: &Context<'_>) -> Option<Result<String, AppError>> {
        let operations = load(ctx, OperationsOf(self.0.id)).await;
        let code = |operations: Option<Vec<payment_operations::Model>>| {
            let mut all = operations.unwrap_or_default().into_iter();
            let authorize =
                |one: &payment_operations::Model| one.kind == payment_operations::Kind::Authorize;
            all.find(authorize).and_then(|one| one.decline_code)
        };
        operations.map(code).transpose()
    }

    /// The order it is for.
    async fn order(&self, ctx: &Context<'_>) -> Result<Order, AppError> {
        Ok(Order::by_id(ctx, self.0.order_id).await?)
    }

    /// The adapter that talks to the provider.
    #[graphql(guard = "gate::payment_read", visible = "see::payment_read")]
    async fn gateway(&self) -> &str {
        &self.0.gateway
    }

    /// What was asked of the provider, oldest first.
    #[graphql(guard = "gate::payment_read", visible = "see::payment_read")]
    async fn operations(&self, ctx: &Context<'_>) -> Result<Vec<PaymentOperation>, AppError> {
        let rows = load(ctx, OperationsOf(self.0.id))
            .await?
            .unwrap_or_default();
        rows.into_iter()
            .map(|row| {
                let amount = self.money(row.amount_minor)?;
                Ok(PaymentOperation { row, amount })
            })
            .collect()
    }

    /// When it was opened.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

/// One request to a payment provider.
#[derive(Clone, Debug)]
pub struct PaymentOperation {
    row: payment_operations::Model,
    amount: Money,
}

/// One request to a payment provider.
#[Object]
impl PaymentOperation {
    /// Names the request; the provider has it as idempotency key.
    async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }

    /// What is asked for.
    async fn kind(&self) -> PaymentOperationKind {
        self.row.kind.into()
    }

    /// How it stands.
    async fn state(&self) -> PaymentOperationState {
        self.row.state.into()
    }

    /// How much.
    async fn amount(&self) -> Money {
        self.amount
    }

    /// The provider's own name for it.
    async fn provider_ref(&self) -> Option<&str> {
        self.row.provider_ref.as_deref()
    }

    /// Why the provider refused it, as it codes that.
    async fn decline_code(&self) -> Option<&str> {
        self.row.decline_code.as_deref()
    }

    /// How often it was sent.
    async fn attempts(&self) -> i32 {
        int(if self.row.sent_at.is_some() {
            self.row.attempt_no
        } else {
            0
        })
    }

    /// When it was sent last.
    async fn sent_at(&self) -> Option<DateTime> {
        self.row.sent_at.map(DateTime)
    }

    /// When its outcome was known.
    async fn resolved_at(&self) -> Option<DateTime> {
        self.row.resolved_at.map(DateTime)
    }
}
