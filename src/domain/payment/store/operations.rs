//! The SQL of what is asked of providers.

use entity::id::{PaymentId, PaymentOperationId};
use entity::payment_operations::{ActiveModel, Column, Entity, Model, State};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

use crate::db::Reader;
use crate::db::portable::keys;
use crate::domain::payment::port::{Answer, challenge_lifetime};
use crate::domain::payment::request::Draft;
use crate::kernel::clock::Instant;
use crate::kernel::error::Fault;
use crate::write::Write;

/// The operation with that id.
pub async fn by_id(read: &Reader, id: PaymentOperationId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(read).await?)
}

/// The operation that was sent with this key.
pub async fn by_provider_key(read: &Reader, key: &str) -> Result<Option<Model>, Fault> {
    let operation = Entity::find().filter(Column::ProviderKey.eq(key));
    Ok(operation.one(read).await?)
}

/// The operations of these payments, oldest first.
pub async fn of_payments(read: &Reader, payments: &[PaymentId]) -> Result<Vec<Model>, Fault> {
    let operations = Entity::find()
        .filter(Column::PaymentId.is_in(keys(payments.iter().copied())))
        .order_by_asc(Column::Id);
    Ok(operations.all(read).await?)
}

/// Adds an operation; its id is the key that is sent to the provider.
pub async fn add(
    w: &Write,
    payment: PaymentId,
    draft: &Draft<'_>,
) -> Result<PaymentOperationId, Fault> {
    let id: PaymentOperationId = w.id();
    let state = if draft.done {
        State::Succeeded
    } else {
        State::Created
    };
    let row = ActiveModel {
        id: Set(id),
        payment_id: Set(payment),
        kind: Set(draft.kind),
        amount_minor: Set(draft.amount),
        gateway: Set(draft.gateway.to_owned()),
        provider_key: Set(id.to_string()),
        provider_ref: Set(None),
        token: Set(draft.token.to_owned()),
        state: Set(state),
        decline_code: Set(None),
        challenge: Set(None),
        attempt_no: Set(1),
        sent_at: Set(None),
        resolved_at: Set(draft.done.then_some(w.real())),
        next_check_at: Set(None),
        version: Set(1),
        created_at: Set(w.now()),
        updated_at: Set(w.now()),
    };
    Entity::insert(row).exec_without_returning(w).await?;
    Ok(id)
}

/// What changes of an operation; what is none stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The provider's id of it.
    pub provider_ref: Option<String>,
    /// Why it was declined.
    pub decline_code: Option<String>,
    /// What the buyer has to do, or has brought back.
    pub challenge: Option<Value>,
    /// When to ask again; taken away where none.
    pub next_check_at: Option<Instant>,
    /// Whether it is being sent, once more perhaps.
    pub sends: bool,
    /// Whether its outcome is known now.
    pub resolves: bool,
}

impl Change {
    /// What an answer says about its operation; where it says nothing, ask again at `next_check`.
    pub fn of(answer: &Answer, real: Instant, next_check: Instant) -> Self {
        let known = Self {
            resolves: true,
            ..Self::default()
        };
        match answer {
            Answer::Succeeded { provider_ref } => Self {
                provider_ref: Some(provider_ref.clone()),
                ..known
            },
            Answer::Declined { code } => Self {
                decline_code: Some(code.clone()),
                ..known
            },
            Answer::ActionRequired {
                challenge,
                lifetime_s,
            } => Self {
                challenge: Some(challenge.clone()),
                next_check_at: Some(real + challenge_lifetime(*lifetime_s)),
                ..Self::default()
            },
            Answer::Unknown => Self {
                next_check_at: Some(next_check),
                ..Self::default()
            },
        }
    }
}

/// Moves the operation from the state and version that were read; false where it has changed.
pub async fn advance(w: &Write, was: &Model, to: State, change: Change) -> Result<bool, Fault> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to.as_str()))
        .col_expr(Column::NextCheckAt, Expr::value(change.next_check_at))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()));
    if let Some(provider_ref) = change.provider_ref {
        update = update.col_expr(Column::ProviderRef, Expr::value(provider_ref));
    }
    if let Some(code) = change.decline_code {
        update = update.col_expr(Column::DeclineCode, Expr::value(code));
    }
    if let Some(challenge) = change.challenge {
        update = update.col_expr(Column::Challenge, Expr::value(challenge));
    }
    if change.sends {
        let again = i64::from(was.sent_at.is_some());
        update = update
            .col_expr(Column::SentAt, Expr::value(w.real()))
            .col_expr(Column::AttemptNo, Expr::col(Column::AttemptNo).add(again));
    }
    if change.resolves {
        update = update.col_expr(Column::ResolvedAt, Expr::value(w.real()));
    }
    let done = update
        .filter(Column::Id.eq(was.id))
        .filter(Column::Version.eq(was.version))
        .filter(Column::State.eq(was.state))
        .exec(w)
        .await?;
    Ok(done.rows_affected == 1)
}
