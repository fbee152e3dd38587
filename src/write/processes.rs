//! Processes: work in several transactions with calls outside between them.
//!
//! Each step is recorded before it is taken. Whoever holds the lock token of the row works on it;
//! when its lease has run out any node may take it over with a new token, and the old one's next
//! step affects no row. Deliberately absent: what the steps are; that is the process's own file.

use chrono::TimeDelta;
use entity::id::{OrderId, ProcessId};
use entity::processes::{ActiveModel, Column, Entity, Model, State};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::session::Write;
use crate::db::Reader;
use crate::kernel::clock::Instant;
use crate::kernel::error::Fault;

/// The right to take the next step of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// Which process.
    pub process: ProcessId,
    /// The fencing token.
    pub token: Uuid,
}

/// Begins a process at `point`, leased to the caller.
pub async fn start(
    w: &Write,
    kind: &str,
    subject: Uuid,
    order: Option<OrderId>,
    point: &str,
    lease: TimeDelta,
) -> Result<Lease, Fault> {
    let process: ProcessId = w.id();
    let token = w.id::<ProcessId>().uuid();
    let row = ActiveModel {
        id: Set(process),
        kind: Set(kind.to_owned()),
        subject: Set(subject),
        order_id: Set(order),
        state: Set(State::Running),
        recovery_point: Set(point.to_owned()),
        lock_token: Set(Some(token)),
        lease_until: Set(Some(w.real() + lease)),
        next_check_at: Set(None),
        attempts: Set(0),
        outcome: Set(None),
        created_at: Set(w.real()),
        updated_at: Set(w.real()),
    };
    Entity::insert(row).exec_without_returning(w).await?;
    Ok(Lease { process, token })
}

/// Takes over a process that nobody holds; nothing if somebody does, or it has ended.
pub async fn claim(w: &Write, id: ProcessId, lease: TimeDelta) -> Result<Option<Lease>, Fault> {
    let token = w.id::<ProcessId>().uuid();
    let free = Condition::any()
        .add(Column::LeaseUntil.is_null())
        .add(Column::LeaseUntil.lt(w.real()));
    let taken = Entity::update_many()
        .col_expr(Column::LockToken, Expr::value(token))
        .col_expr(Column::LeaseUntil, Expr::value(w.real() + lease))
        .col_expr(Column::State, Expr::value(State::Running.as_str()))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.real()))
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in([State::Running, State::Waiting]))
        .filter(free)
        .exec(w)
        .await?;
    Ok((taken.rows_affected == 1).then_some(Lease { process: id, token }))
}

/// Has the waiting processes of an order looked at without delay.
pub async fn wake(w: &Write, order: OrderId) -> Result<u64, Fault> {
    let woken = Entity::update_many()
        .col_expr(Column::NextCheckAt, Expr::value(w.real()))
        .col_expr(Column::UpdatedAt, Expr::value(w.real()))
        .filter(Column::OrderId.eq(order))
        .filter(Column::State.eq(State::Waiting))
        .exec(w)
        .await?;
    Ok(woken.rows_affected)
}

/// Records that the process has reached `point`, and holds it for as long again; false if the lease
/// was lost.
pub async fn advance(
    w: &Write,
    lease: Lease,
    point: &str,
    lasts: TimeDelta,
) -> Result<bool, Fault> {
    let change = [
        (Column::RecoveryPoint, Expr::value(point)),
        (Column::LeaseUntil, Expr::value(w.real() + lasts)),
    ];
    update(w, lease, change).await
}

/// Locks the process, if the lease is still good; until the end of the transaction it stays so.
pub async fn hold(w: &Write, lease: Lease) -> Result<bool, Fault> {
    let held = Entity::find_by_id(lease.process)
        .filter(Column::LockToken.eq(lease.token))
        .filter(Column::State.is_in([State::Running, State::Waiting]))
        .lock(LockType::Update);
    Ok(held.one(w.read()).await?.is_some())
}

/// Puts the process down until `next_check`, for whoever comes; false if the lease was lost.
pub async fn park(w: &Write, lease: Lease, point: &str, next: Instant) -> Result<bool, Fault> {
    let change = [
        (Column::RecoveryPoint, Expr::value(point)),
        (Column::State, Expr::value(State::Waiting.as_str())),
        (Column::NextCheckAt, Expr::value(next)),
        (Column::LeaseUntil, Expr::value(Option::<Instant>::None)),
    ];
    update(w, lease, change).await
}

/// Ends the process with its outcome; false if the lease was lost.
pub async fn finish(w: &Write, lease: Lease, outcome: Value) -> Result<bool, Fault> {
    let change = [
        (Column::State, Expr::value(State::Done.as_str())),
        (Column::Outcome, Expr::value(outcome)),
        (Column::LeaseUntil, Expr::value(Option::<Instant>::None)),
        (Column::NextCheckAt, Expr::value(Option::<Instant>::None)),
    ];
    update(w, lease, change).await
}

/// The process with that id.
pub async fn find(read: &Reader, id: ProcessId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(read).await?)
}

/// The latest process of that kind for an order.
pub async fn of_order(read: &Reader, kind: &str, order: OrderId) -> Result<Option<Model>, Fault> {
    let latest = Entity::find()
        .filter(Column::OrderId.eq(order))
        .filter(Column::Kind.eq(kind))
        .order_by_desc(Column::Id);
    Ok(latest.one(read).await?)
}

/// Processes that nobody works on and whose time has come, oldest first.
pub async fn due(read: &Reader, real: Instant, limit: u64) -> Result<Vec<Model>, Fault> {
    let abandoned = Column::State
        .eq(State::Running)
        .and(Column::LeaseUntil.lt(real));
    let waiting = Column::State
        .eq(State::Waiting)
        .and(Column::NextCheckAt.lte(real));
    let due = Entity::find()
        .filter(Condition::any().add(abandoned).add(waiting))
        .order_by_asc(Column::Id)
        .limit(limit);
    Ok(due.all(read).await?)
}

async fn update<const N: usize>(
    w: &Write,
    lease: Lease,
    change: [(Column, Expr); N],
) -> Result<bool, Fault> {
    let mut update = Entity::update_many().col_expr(Column::UpdatedAt, Expr::value(w.real()));
    for (column, value) in change {
        update = update.col_expr(column, value);
    }
    let done = update
        .filter(Column::Id.eq(lease.process))
        .filter(Column::LockToken.eq(lease.token))
        .filter(Column::State.is_in([State::Running, State::Waiting]))
        .exec(w)
        .await?;
    Ok(done.rows_affected == 1)
}
