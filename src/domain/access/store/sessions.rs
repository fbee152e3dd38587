//! Rows of `sessions` and `refresh_tokens`. Only hashes of tokens are stored.

use entity::id::{AccountId, SessionId};
use entity::refresh_tokens::{self, Model as TokenRow};
use entity::sessions::{ActiveModel, Column, Entity, Model, State};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::clock::Instant;
use crate::kernel::error::Fault;
use crate::kernel::secret::SecretHash;
use crate::write::Write;

/// Inserts a session that begins now, with its first token.
pub async fn begin(
    w: &Write,
    id: SessionId,
    account: AccountId,
    token: &SecretHash,
    expires_at: Instant,
) -> Result<(), Fault> {
    let row = ActiveModel {
        id: Set(id),
        account_id: Set(account),
        state: Set(State::Active),
        revoked_reason: Set(None),
        generation: Set(1),
        last_seen_at: Set(w.real()),
        expires_at: Set(expires_at),
        created_at: Set(w.real()),
        updated_at: Set(w.real()),
    };
    Entity::insert(row).exec_without_returning(w).await?;
    insert_token(w, id, 1, token, expires_at).await
}

async fn insert_token(
    w: &Write,
    session: SessionId,
    generation: i64,
    token: &SecretHash,
    expires_at: Instant,
) -> Result<(), Fault> {
    let row = refresh_tokens::ActiveModel {
        token_hash: Set(token.as_str().to_owned()),
        session_id: Set(session),
        generation: Set(generation),
        issued_at: Set(w.real()),
        expires_at: Set(expires_at),
        used_at: Set(None),
    };
    refresh_tokens::Entity::insert(row)
        .exec_without_returning(w)
        .await?;
    Ok(())
}

/// The token with this hash.
pub async fn token(read: &Reader, hash: &SecretHash) -> Result<Option<TokenRow>, Fault> {
    let row = refresh_tokens::Entity::find_by_id(hash.as_str().to_owned());
    Ok(row.one(read).await?)
}

/// The session of that id, without a lock.
pub async fn by_id(read: &Reader, id: SessionId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(read).await?)
}

/// Locks the session and reads it. Its account is locked already.
pub async fn lock(w: &Write, id: SessionId) -> Result<Option<Model>, Fault> {
    let row = Entity::find_by_id(id).lock(LockType::Update);
    Ok(row.one(w.read()).await?)
}

/// Exchanges the token of `generation` for the next one; false if another request did.
pub async fn advance(
    w: &Write,
    session: SessionId,
    generation: i64,
    successor: &SecretHash,
    expires_at: Instant,
) -> Result<bool, Fault> {
    let moved = Entity::update_many()
        .col_expr(Column::Generation, Expr::value(generation + 1))
        .col_expr(Column::LastSeenAt, Expr::value(w.real()))
        .col_expr(Column::ExpiresAt, Expr::value(expires_at))
        .col_expr(Column::UpdatedAt, Expr::value(w.real()))
        .filter(Column::Id.eq(session))
        .filter(Column::Generation.eq(generation))
        .filter(Column::State.eq(State::Active))
        .exec(w)
        .await?;
    if moved.rows_affected != 1 {
        return Ok(false);
    }
    refresh_tokens::Entity::update_many()
        .col_expr(refresh_tokens::Column::UsedAt, Expr::value(w.real()))
        .filter(refresh_tokens::Column::SessionId.eq(session))
        .filter(refresh_tokens::Column::Generation.eq(generation))
        .exec(w)
        .await?;
    insert_token(w, session, generation + 1, successor, expires_at).await?;
    Ok(true)
}

/// Ends sessions that last; how many did. They are locked already.
pub async fn revoke(w: &Write, sessions: &[SessionId], reason: &str) -> Result<u64, Fault> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Revoked.as_str()))
        .col_expr(Column::RevokedReason, Expr::value(reason))
        .col_expr(Column::UpdatedAt, Expr::value(w.real()))
        .filter(Column::Id.is_in(keys(sessions.iter().copied())))
        .filter(Column::State.eq(State::Active))
        .exec(w)
        .await?;
    Ok(done.rows_affected)
}

/// Locks the sessions of an account that last, by id.
pub async fn lock_active(w: &Write, account: AccountId) -> Result<Vec<SessionId>, Fault> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account))
        .filter(Column::State.eq(State::Active))
        .order_by_asc(Column::Id)
        .lock(LockType::Update)
        .all(w.read())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
