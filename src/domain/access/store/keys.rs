//! Rows of `signing_keys`.

use entity::signing_keys::{ActiveModel, Column, Entity, Model, State};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Reader;
use crate::domain::access::keys::{ALGORITHM, NewKey};
use crate::kernel::clock::Instant;
use crate::kernel::error::Fault;
use crate::write::Write;

/// The keys that sign or may still be checked with.
pub async fn live(read: &Reader) -> Result<Vec<Model>, Fault> {
    let rows = Entity::find().filter(Column::State.eq(State::Active));
    Ok(rows.all(read).await?)
}

/// Locks the live keys, by id, and reads them.
pub async fn lock_live(w: &Write) -> Result<Vec<Model>, Fault> {
    let rows = Entity::find()
        .filter(Column::State.eq(State::Active))
        .order_by_asc(Column::Kid)
        .lock(LockType::Update);
    Ok(rows.all(w.read()).await?)
}

/// Stores a new key, which is published at once and signs from `not_before`.
pub async fn publish(w: &Write, kid: &str, key: NewKey, not_before: Instant) -> Result<(), Fault> {
    let row = ActiveModel {
        kid: Set(kid.to_owned()),
        algorithm: Set(ALGORITHM.to_owned()),
        public_jwk: Set(key.jwk),
        private_sealed: Set(key.sealed),
        state: Set(State::Active),
        not_before: Set(not_before),
        retire_at: Set(None),
        created_at: Set(w.real()),
    };
    Entity::insert(row).exec_without_returning(w).await?;
    Ok(())
}

/// Says from when these keys no longer count, sooner if they were to go later.
pub async fn retire_at(w: &Write, kids: &[String], end: Instant) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::RetireAt, Expr::value(end))
        .filter(Column::Kid.is_in(kids))
        .filter(Column::RetireAt.is_null().or(Column::RetireAt.gt(end)))
        .exec(w)
        .await?;
    Ok(())
}

/// Puts away the keys whose time is over, and forgets their private halves.
pub async fn put_away(w: &Write) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Retired.as_str()))
        .col_expr(Column::PrivateSealed, Expr::value(""))
        .filter(Column::State.eq(State::Active))
        .filter(Column::RetireAt.lte(w.real()))
        .exec(w)
        .await?;
    Ok(())
}
