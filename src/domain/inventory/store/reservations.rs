//! The rows of `reservations`: what is promised to whom. Each leaves `held` and `allocated` once,
//! by a compare-and-set whose winner alone gives the pieces back.

use entity::id::{ChannelId, OrderId, ReservationId};
use entity::reservations::{ActiveModel, Column, Entity, Model, State};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, LockBehavior, LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    UpdateMany,
};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::domain::inventory::choose::Share;
use crate::kernel::clock::Instant;
use crate::kernel::error::Fault;
use crate::write::Write;

const OWNER: &str = "order";
const OPEN: [State; 2] = [State::Held, State::Allocated];
const WHOLE_LEVEL: i64 = -1;

/// How long a promise is given for.
#[derive(Clone, Copy, Debug)]
pub enum Term {
    /// Until then, unless it is allocated before.
    Until(Instant),
    /// For good.
    Allocated,
}

/// Promises the shares to the order. An allocation of a line that has an open one at the same
/// location is added to it.
pub async fn promise(
    w: &Write,
    order: OrderId,
    channel: ChannelId,
    term: Term,
    shares: &[Share],
) -> Result<(), Fault> {
    let (state, expires_at) = match term {
        Term::Until(until) => (State::Held, Some(until)),
        Term::Allocated => (State::Allocated, None),
    };
    let rows = shares.iter().map(|share| ActiveModel {
        id: Set(w.id()),
        owner_type: Set(OWNER.to_owned()),
        owner_id: Set(order.uuid()),
        line_no: Set(share.line_no),
        variant_id: Set(share.variant),
        location_id: Set(share.location),
        bucket: Set(WHOLE_LEVEL),
        channel_id: Set(channel),
        quantity: Set(share.quantity),
        state: Set(state),
        expires_at: Set(expires_at),
        pinned: Set(false),
        version: Set(1),
        created_at: Set(w.now()),
        updated_at: Set(w.now()),
    });
    let mut insert = Entity::insert_many(rows);
    if matches!(term, Term::Allocated) {
        insert = insert.on_conflict(added());
    }
    insert.exec_without_returning(w).await?;
    Ok(())
}

/// What is promised again goes to the promise that the line still has at the location.
fn added() -> OnConflict {
    let key = [
        Column::OwnerType,
        Column::OwnerId,
        Column::LineNo,
        Column::LocationId,
        Column::Bucket,
    ];
    let more = Expr::col((Entity, Column::Quantity)).add(Expr::cust("excluded.quantity"));
    OnConflict::columns(key)
        .target_and_where(Expr::cust("state IN ('held', 'allocated')"))
        .value(Column::Quantity, more)
        .value(
            Column::Version,
            Expr::col((Entity, Column::Version)).add(1_i64),
        )
        .to_owned()
}

/// Makes the order's holds allocations.
pub async fn allocate(w: &Write, order: OrderId) -> Result<(), Fault> {
    let held = changed(w, State::Allocated)
        .col_expr(Column::ExpiresAt, Expr::value(Option::<Instant>::None))
        .col_expr(Column::Pinned, Expr::value(false))
        .filter(of_order(order))
        .filter(Column::State.eq(State::Held));
    held.exec(w).await?;
    Ok(())
}

/// The order's holds that have lapsed and were not promised again.
pub async fn lapsed(read: &Reader, order: OrderId) -> Result<Vec<Model>, Fault> {
    let rows = Entity::find()
        .filter(of_order(order))
        .filter(Column::State.eq(State::Expired))
        .order_by_asc(Column::Id);
    Ok(rows.all(read).await?)
}

/// The order's reservations that have neither lapsed nor been given back.
pub async fn kept(read: &Reader, order: OrderId) -> Result<Vec<Model>, Fault> {
    let rows = Entity::find()
        .filter(of_order(order))
        .filter(Column::State.is_in([State::Held, State::Allocated, State::Shipped]))
        .order_by_asc(Column::Id);
    Ok(rows.all(read).await?)
}

/// The order's reservations in these states, locked in order.
pub async fn lock(w: &Write, order: OrderId, states: &[State]) -> Result<Vec<Model>, Fault> {
    let rows = Entity::find()
        .filter(of_order(order))
        .filter(Column::State.is_in(states.iter().copied()))
        .order_by_asc(Column::Id)
        .lock(LockType::Update);
    Ok(rows.all(w.read()).await?)
}

/// The order's open reservations, locked in order.
pub async fn lock_open(w: &Write, order: OrderId) -> Result<Vec<Model>, Fault> {
    lock(w, order, &OPEN).await
}

/// Holds that have lapsed by now and nothing keeps, oldest first.
pub async fn lapsing(read: &Reader, now: Instant, limit: u64) -> Result<Vec<Model>, Fault> {
    Ok(overdue(now).limit(limit).all(read).await?)
}

/// Of these holds, the ones that have lapsed and nobody else is working on, locked.
pub async fn lock_lapsing(w: &Write, ids: &[ReservationId]) -> Result<Vec<Model>, Fault> {
    let rows = overdue(w.now())
        .filter(Column::Id.is_in(keys(ids.iter().copied())))
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    Ok(rows.all(w.read()).await?)
}

fn overdue(now: Instant) -> Select<Entity> {
    Entity::find()
        .filter(Column::State.eq(State::Held))
        .filter(Column::ExpiresAt.lte(now))
        .filter(Column::Pinned.eq(false))
        .order_by_asc(Column::ExpiresAt)
        .order_by_asc(Column::Id)
}

/// Moves reservations that are locked in one of `from` to another state.
pub async fn set_state(
    w: &Write,
    ids: &[ReservationId],
    from: &[State],
    to: State,
) -> Result<(), Fault> {
    if ids.is_empty() {
        return Ok(());
    }
    let done = changed(w, to)
        .filter(Column::Id.is_in(keys(ids.iter().copied())))
        .filter(Column::State.is_in(from.iter().copied()))
        .exec(w)
        .await?;
    if usize::try_from(done.rows_affected).is_ok_and(|rows| rows == ids.len()) {
        Ok(())
    } else {
        Err(Fault::bug("a locked reservation was not in its state"))
    }
}

/// Whether the order's holds may lapse while a payment's outcome is unknown.
pub async fn pin(w: &Write, order: OrderId, pinned: bool) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::Pinned, Expr::value(pinned))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(of_order(order))
        .filter(Column::State.eq(State::Held))
        .exec(w)
        .await?;
    Ok(())
}

/// Moves the end of the order's holds.
pub async fn extend(w: &Write, order: OrderId, until: Instant) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::ExpiresAt, Expr::value(until))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(of_order(order))
        .filter(Column::State.eq(State::Held))
        .exec(w)
        .await?;
    Ok(())
}

/// Takes the shipped part off reservations that are locked and keep the rest: id and pieces.
pub async fn split(w: &Write, parts: &[(Model, i64)]) -> Result<(), Fault> {
    if parts.is_empty() {
        return Ok(());
    }
    let shipped = parts
        .iter()
        .fold(CaseStatement::new(), |case, (row, part)| {
            case.case(Expr::col(Column::Id).eq(row.id), Expr::val(*part))
        });
    let ids = parts.iter().map(|(row, _)| row.id);
    Entity::update_many()
        .col_expr(
            Column::Quantity,
            Expr::col(Column::Quantity).sub(shipped.finally(0_i64)),
        )
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.is_in(ids))
        .exec(w)
        .await?;
    let rows = parts.iter().map(|(row, part)| ActiveModel {
        id: Set(w.id()),
        owner_type: Set(row.owner_type.clone()),
        owner_id: Set(row.owner_id),
        line_no: Set(row.line_no),
        variant_id: Set(row.variant_id),
        location_id: Set(row.location_id),
        bucket: Set(row.bucket),
        channel_id: Set(row.channel_id),
        quantity: Set(*part),
        state: Set(State::Shipped),
        expires_at: Set(None),
        pinned: Set(false),
        version: Set(1),
        created_at: Set(w.now()),
        updated_at: Set(w.now()),
    });
    Entity::insert_many(rows).exec_without_returning(w).await?;
    Ok(())
}

fn changed(w: &Write, to: State) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(to.as_str()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
}

fn of_order(order: OrderId) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(Column::OwnerId.eq(order.uuid()))
        .add(Column::OwnerType.eq(OWNER))
}
