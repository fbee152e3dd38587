//! The rows of carts, and what is read beside them.
//!
//! Writers take `&Write` and count affected rows; whose cart one may see is part of the SQL.

mod details;
mod facts;
mod goods;
mod lines;
mod market;

use std::collections::HashMap;

use entity::carts::{ActiveModel, Column, Entity, Model, State};
use entity::id::{CartId, ChannelId, CustomerId, OrderId};
use entity::orders;
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

pub use details::{adopt_contact, put_address, put_contact, shipping};
pub use facts::{again, facts, facts_of};
pub use goods::known;
pub use lines::{put, remove};
pub use market::{deliveries, deliveries_of, languages, market};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::Fault;
use crate::kernel::scope::Scope;
use crate::kernel::secret::SecretHash;
use crate::write::Write;

/// The cart with that id, if `scope` sees it.
pub async fn find(read: &Reader, scope: &Scope, id: CartId) -> Result<Option<Model>, Fault> {
    let Some(seen) = seen(scope) else {
        return Ok(None);
    };
    Ok(Entity::find_by_id(id).filter(seen).one(read).await?)
}

/// The same, locked until the transaction ends.
pub async fn lock(w: &Write, scope: &Scope, id: CartId) -> Result<Option<Model>, Fault> {
    let Some(seen) = seen(scope) else {
        return Ok(None);
    };
    let row = Entity::find_by_id(id).filter(seen);
    Ok(row.lock(LockType::NoKeyUpdate).one(w.read()).await?)
}

/// The carts with those ids that `scope` sees.
pub async fn find_all(read: &Reader, scope: &Scope, ids: &[CartId]) -> Result<Vec<Model>, Fault> {
    let Some(seen) = seen(scope) else {
        return Ok(Vec::new());
    };
    let rows = Entity::find().filter(Column::Id.is_in(keys(ids.iter().copied())));
    Ok(rows.filter(seen).all(read).await?)
}

/// The cart that a secret opens.
pub async fn opened_by(read: &Reader, secret: &SecretHash) -> Result<Option<CartId>, Fault> {
    let row = Entity::find().filter(Column::SecretHash.eq(secret.as_str()));
    Ok(row.one(read).await?.map(|cart| cart.id))
}

/// The cart a customer was last at in a channel: open, or at the till.
pub async fn active_of(
    read: &Reader,
    customer: CustomerId,
    channel: ChannelId,
) -> Result<Option<Model>, Fault> {
    let latest = Entity::find()
        .filter(Column::CustomerId.eq(customer))
        .filter(Column::State.is_in([State::Active, State::CheckingOut]))
        .filter(Column::ChannelId.eq(channel))
        .order_by_desc(Column::LastActiveAt)
        .order_by_desc(Column::Id);
    Ok(latest.one(read).await?)
}

/// The orders that carts have become, or are becoming.
pub async fn orders_of(read: &Reader, carts: &[CartId]) -> Result<HashMap<CartId, OrderId>, Fault> {
    let rows: Vec<(CartId, OrderId)> = orders::Entity::find()
        .select_only()
        .column(orders::Column::CartId)
        .column(orders::Column::Id)
        .filter(orders::Column::CartId.is_in(keys(carts.iter().copied())))
        .filter(orders::Column::State.ne(orders::State::PaymentFailed))
        .into_tuple()
        .all(read)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The order that one cart has become, or is becoming.
pub async fn order_of(read: &Reader, cart: CartId) -> Result<Option<OrderId>, Fault> {
    Ok(orders_of(read, &[cart]).await?.remove(&cart))
}

/// Writes a new cart.
pub async fn begin(w: &Write, row: Model) -> Result<(), Fault> {
    let row = ActiveModel {
        id: Set(row.id),
        channel_id: Set(row.channel_id),
        customer_id: Set(row.customer_id),
        currency: Set(row.currency),
        language: Set(row.language),
        state: Set(row.state),
        secret_hash: Set(row.secret_hash),
        secret_generation: Set(row.secret_generation),
        delivery_method_id: Set(row.delivery_method_id),
        campaign_source: Set(row.campaign_source),
        campaign_medium: Set(row.campaign_medium),
        campaign_name: Set(row.campaign_name),
        last_active_at: Set(row.last_active_at),
        version: Set(row.version),
        created_at: Set(row.created_at),
        updated_at: Set(row.updated_at),
    };
    Entity::insert(row).exec_without_returning(w).await?;
    Ok(())
}

/// Notes that the buyer changed something; false where `cart` is not what stands there.
pub async fn touch(w: &Write, cart: &Model) -> Result<bool, Fault> {
    change(w, cart, []).await
}

/// Chooses the delivery.
pub async fn set_delivery(
    w: &Write,
    cart: &Model,
    method: entity::id::DeliveryMethodId,
) -> Result<bool, Fault> {
    change(w, cart, [(Column::DeliveryMethodId, Expr::value(method))]).await
}

/// Binds the cart to a customer, and lets a new secret open it.
pub async fn bind(
    w: &Write,
    cart: &Model,
    customer: CustomerId,
    secret: &SecretHash,
) -> Result<bool, Fault> {
    let generation = Expr::col(Column::SecretGeneration).add(1_i64);
    let columns = [
        (Column::CustomerId, Expr::value(customer)),
        (Column::SecretHash, Expr::value(secret.as_str())),
        (Column::SecretGeneration, generation),
    ];
    change(w, cart, columns).await
}

/// Moves the cart from one state to another; false where it is not in the first.
pub async fn move_state(
    w: &Write,
    cart: CartId,
    version: Option<i64>,
    from: State,
    to: State,
) -> Result<bool, Fault> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to.as_str()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(cart))
        .filter(Column::State.eq(from));
    if let Some(version) = version {
        update = update.filter(Column::Version.eq(version));
    }
    Ok(update.exec(w).await?.rows_affected == 1)
}

async fn change<const N: usize>(
    w: &Write,
    cart: &Model,
    columns: [(Column, Expr); N],
) -> Result<bool, Fault> {
    let mut update = Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::LastActiveAt, Expr::value(w.now()))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()));
    for (column, value) in columns {
        update = update.col_expr(column, value);
    }
    let done = update
        .filter(Column::Id.eq(cart.id))
        .filter(Column::Version.eq(cart.version))
        .filter(Column::State.eq(cart.state))
        .exec(w)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The condition that a scope puts on carts; nothing where it sees none.
fn seen(scope: &Scope) -> Option<Condition> {
    match scope {
        Scope::All => Some(Condition::all()),
        Scope::Own {
            customer: None,
            secret: None,
        } => None,
        Scope::Own { customer, secret } => {
            let mine = customer.map(|customer| Column::CustomerId.eq(customer));
            let opened = secret.as_ref();
            let opened = opened.map(|secret| Column::SecretHash.eq(secret.as_str()));
            Some(Condition::any().add_option(mine).add_option(opened))
        }
    }
}
