//! The SQL of orders. Readers take the caller's scope: an order that is not the caller's does not
//! exist. Whoever changes an order locks it first, before its payments.

pub mod lists;
pub mod moves;
pub mod number;
pub mod parts;
pub mod place;
pub mod timeline;

use entity::id::OrderId;
use entity::orders::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::Fault;
use crate::kernel::scope::Scope;
use crate::write::Write;

/// What a scope sees of orders.
pub fn seen(scope: &Scope) -> Condition {
    match scope {
        Scope::All => Condition::all(),
        Scope::Own { customer, secret } => {
            let nobody = Condition::any().add(Expr::value(false));
            let customer = customer.map(|customer| Column::CustomerId.eq(customer));
            let secret = secret.as_ref();
            let secret = secret.map(|secret| Column::SecretHash.eq(secret.as_str()));
            nobody.add_option(customer).add_option(secret)
        }
    }
}

/// The order with that id.
pub async fn by_id(read: &Reader, scope: &Scope, id: OrderId) -> Result<Option<Model>, Fault> {
    let order = Entity::find_by_id(id).filter(seen(scope));
    Ok(order.one(read).await?)
}

/// The order that people call so.
pub async fn by_number(read: &Reader, scope: &Scope, number: &str) -> Result<Option<Model>, Fault> {
    let order = Entity::find()
        .filter(Column::Number.eq(number))
        .filter(seen(scope));
    Ok(order.one(read).await?)
}

/// The orders with these ids, in no order.
pub async fn by_ids(read: &Reader, scope: &Scope, ids: &[OrderId]) -> Result<Vec<Model>, Fault> {
    let orders = Entity::find()
        .filter(Column::Id.is_in(keys(ids.iter().copied())))
        .filter(seen(scope));
    Ok(orders.all(read).await?)
}

/// Locks the order until the end of the transaction.
pub async fn lock(w: &Write, scope: &Scope, id: OrderId) -> Result<Option<Model>, Fault> {
    let order = Entity::find_by_id(id)
        .filter(seen(scope))
        .lock(LockType::Update);
    Ok(order.one(w.read()).await?)
}
