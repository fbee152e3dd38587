//! Rows of `accounts`.

use std::collections::HashMap;

use entity::accounts::{ActiveModel, Column, Entity, Kind, Model, Role, State};
use entity::id::AccountId;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::clock::Instant;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::page::{self, Cut, Page};
use crate::kernel::text::Email;
use crate::write::Write;

/// An account to be opened.
#[derive(Debug)]
pub struct NewAccount<'a> {
    /// Its id; a customer has the same.
    pub id: AccountId,
    /// Which side of the counter.
    pub kind: Kind,
    /// What it may do.
    pub role: Role,
    /// The email it signs in with.
    pub email: &'a Email,
    /// What to call it; empty for customers, whose names stand in their profile.
    pub display_name: &'a str,
    /// The password, hashed.
    pub password_hash: &'a str,
}

/// The account of that id.
pub async fn by_id(read: &Reader, id: AccountId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(read).await?)
}

/// The accounts of these ids.
pub async fn by_ids(read: &Reader, ids: &[AccountId]) -> Result<HashMap<AccountId, Model>, Fault> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(keys(ids.iter().copied())))
        .all(read)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The account that signs in with this email, in its normal form.
pub async fn by_email(read: &Reader, email: &Email) -> Result<Option<Model>, Fault> {
    let row = Entity::find().filter(Column::EmailNorm.eq(email.normal()));
    Ok(row.one(read).await?)
}

/// Accounts, the newest first.
pub async fn page(read: &Reader, page: &Page) -> Result<Cut<Model>, Stop> {
    let mut rows = Entity::find().limit(page.probe());
    if let Some(edge) = &page.edge {
        let id = edge.first().and_then(|text| text.parse::<AccountId>().ok());
        let id = id.ok_or_else(page::foreign_cursor)?;
        rows = rows.filter(if page.backward {
            Column::Id.gt(id)
        } else {
            Column::Id.lt(id)
        });
    }
    rows = if page.backward {
        rows.order_by_asc(Column::Id)
    } else {
        rows.order_by_desc(Column::Id)
    };
    Ok(page.cut(rows.all(read).await?))
}

/// Locks the account and reads it.
pub(in crate::domain::access) async fn lock(
    w: &Write,
    id: AccountId,
) -> Result<Option<Model>, Fault> {
    let row = Entity::find_by_id(id).lock(LockType::Update);
    Ok(row.one(w.read()).await?)
}

/// Inserts the account; false if the email is taken.
pub(in crate::domain::access) async fn open(
    w: &Write,
    new: &NewAccount<'_>,
) -> Result<bool, Fault> {
    let row = ActiveModel {
        id: Set(new.id),
        kind: Set(new.kind),
        role: Set(new.role),
        email_norm: Set(new.email.normal()),
        display_name: Set(new.display_name.to_owned()),
        password_hash: Set(new.password_hash.to_owned()),
        state: Set(State::Active),
        failed_logins: Set(0),
        locked_until: Set(None),
        version: Set(1),
        created_at: Set(w.now()),
        updated_at: Set(w.now()),
    };
    let unless_taken = OnConflict::column(Column::EmailNorm)
        .do_nothing()
        .to_owned();
    let rows = Entity::insert(row)
        .on_conflict(unless_taken)
        .exec_without_returning(w)
        .await?;
    Ok(rows == 1)
}

/// Notes how often somebody has failed to sign in. Nobody edits these columns, so the version
/// that editors hold stays good.
pub(in crate::domain::access) async fn note_failures(
    w: &Write,
    id: AccountId,
    failed: i64,
    locked_until: Option<Instant>,
) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::FailedLogins, Expr::value(failed))
        .col_expr(Column::LockedUntil, Expr::value(locked_until))
        .filter(Column::Id.eq(id))
        .exec(w)
        .await?;
    Ok(())
}

/// Replaces the hash of the same password by one of the present cost.
pub(in crate::domain::access) async fn rehash(
    w: &Write,
    id: AccountId,
    hash: &str,
) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(hash))
        .filter(Column::Id.eq(id))
        .exec(w)
        .await?;
    Ok(())
}

/// Disables the account if it has still this version; whether it had.
pub(in crate::domain::access) async fn disable(
    w: &Write,
    id: AccountId,
    version: i64,
) -> Result<bool, Fault> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Disabled.as_str()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .filter(Column::State.eq(State::Active))
        .exec(w)
        .await?;
    Ok(done.rows_affected == 1)
}
