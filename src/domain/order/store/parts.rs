//! The SQL that reads the parts of orders, for many orders at once. Whoever asks has seen the
//! orders themselves under its scope.

use entity::id::OrderId;
use entity::{
    order_addresses, order_contacts, order_deliveries, order_lines, order_taxes, price_steps,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::Fault;

/// The lines of these orders, in the order of each.
pub async fn lines(read: &Reader, orders: &[OrderId]) -> Result<Vec<order_lines::Model>, Fault> {
    let lines = order_lines::Entity::find()
        .filter(order_lines::Column::OrderId.is_in(keys(orders.iter().copied())))
        .order_by_asc(order_lines::Column::OrderId)
        .order_by_asc(order_lines::Column::Position);
    Ok(lines.all(read).await?)
}

/// The contacts of these orders.
pub async fn contacts(
    read: &Reader,
    orders: &[OrderId],
) -> Result<Vec<order_contacts::Model>, Fault> {
    let contacts = order_contacts::Entity::find()
        .filter(order_contacts::Column::OrderId.is_in(keys(orders.iter().copied())));
    Ok(contacts.all(read).await?)
}

/// The addresses of these orders.
pub async fn addresses(
    read: &Reader,
    orders: &[OrderId],
) -> Result<Vec<order_addresses::Model>, Fault> {
    let addresses = order_addresses::Entity::find()
        .filter(order_addresses::Column::OrderId.is_in(keys(orders.iter().copied())));
    Ok(addresses.all(read).await?)
}

/// The taxes of these orders, in the order of each.
pub async fn taxes(read: &Reader, orders: &[OrderId]) -> Result<Vec<order_taxes::Model>, Fault> {
    let taxes = order_taxes::Entity::find()
        .filter(order_taxes::Column::OrderId.is_in(keys(orders.iter().copied())))
        .order_by_asc(order_taxes::Column::OrderId)
        .order_by_asc(order_taxes::Column::Position);
    Ok(taxes.all(read).await?)
}

/// How these orders are delivered.
pub async fn deliveries(
    read: &Reader,
    orders: &[OrderId],
) -> Result<Vec<order_deliveries::Model>, Fault> {
    let deliveries = order_deliveries::Entity::find()
        .filter(order_deliveries::Column::OrderId.is_in(keys(orders.iter().copied())));
    Ok(deliveries.all(read).await?)
}

/// How the prices of an order came about, line by line.
pub async fn price_steps(read: &Reader, order: OrderId) -> Result<Vec<price_steps::Model>, Fault> {
    let steps = price_steps::Entity::find()
        .filter(price_steps::Column::OwnerType.eq(OWNER))
        .filter(price_steps::Column::OwnerId.eq(order.uuid()))
        .order_by_asc(price_steps::Column::LineNo)
        .order_by_asc(price_steps::Column::Seq);
    Ok(steps.all(read).await?)
}

/// Whose price steps these are.
pub const OWNER: &str = "order";
