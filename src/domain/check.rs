//! Everything that must be true of the rows, area by area in their line (`rialto check`).
//!
//! To add an area's part: its `check.rs`, and a line in [`areas`].

use entity::id::{CartId, FulfillmentId, OrderId, PaymentId, ProductId};
use uuid::Uuid;

use super::{
    access, cart, catalog, channel, customer, fulfillment, inventory, order, payment, pricing,
};
use crate::db::Reader;
use crate::db::rules::{Rule, broken};
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

/// The findings of all areas.
pub async fn areas(read: &Reader) -> Result<Vec<Finding>, Fault> {
    let mut findings = channel::check::check(read).await?;
    findings.extend(access::check::check(read).await?);
    findings.extend(catalog::check::check(read).await?);
    findings.extend(customer::check::check(read).await?);
    findings.extend(inventory::check::check(read).await?);
    findings.extend(pricing::check::check(read).await?);
    findings.extend(payment::check::check(read).await?);
    findings.extend(order::check::check(read).await?);
    findings.extend(cart::check::check(read).await?);
    findings.extend(fulfillment::check::check(read).await?);
    findings.extend(broken(read, HISTORY).await?);
    Ok(findings)
}

/// The state of a row is where its history says that it went last.
macro_rules! history {
    ($($noun:literal $table:literal $id:expr;)+) => {
        &[$(Rule {
            name: concat!("audit.state_of_", $noun, "_is_the_last_told"),
            sql: concat!(
                "SELECT one.id FROM ", $table, " AS one
                 LEFT JOIN audit_entries AS told
                     ON told.aggregate_type = '", $noun, "' AND told.aggregate_id = one.id
                     AND told.seq = (
                         SELECT MAX(last.seq) FROM audit_entries AS last
                         WHERE last.aggregate_type = '", $noun, "'
                             AND last.aggregate_id = one.id AND last.to_state IS NOT NULL)
                 WHERE told.to_state IS NULL OR told.to_state <> one.state
                 LIMIT 100"
            ),
            id: $id,
            says: "its state is not the one that its history led to",
        },)+]
    };
}

const HISTORY: &[Rule] = history! {
    "product" "products" product_id;
    "cart" "carts" cart_id;
    "order" "orders" order_id;
    "payment" "payments" payment_id;
    "fulfillment" "fulfillments" fulfillment_id;
};

fn product_id(id: Uuid) -> String {
    ProductId::from_uuid(id).to_string()
}

fn cart_id(id: Uuid) -> String {
    CartId::from_uuid(id).to_string()
}

fn order_id(id: Uuid) -> String {
    OrderId::from_uuid(id).to_string()
}

fn payment_id(id: Uuid) -> String {
    PaymentId::from_uuid(id).to_string()
}

fn fulfillment_id(id: Uuid) -> String {
    FulfillmentId::from_uuid(id).to_string()
}
