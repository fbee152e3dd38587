//! What must be true of orders: their statuses follow from their children, their totals from their
//! parts, and whatever is confirmed is paid for.

use std::collections::HashMap;

use entity::id::OrderId;
use entity::order_lines::Model as Line;
use entity::orders::{Column, Entity, Model as Order, State};
use entity::{order_deliveries, order_taxes};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::status;
use super::store::{moves, parts};
use crate::db::Reader;
use crate::domain::payment::standing::Standing;
use crate::domain::payment::steps as payment;
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

/// Orders looked at together.
const BATCH: u64 = 200;
/// Findings of one kind that are named.
const NAMED: usize = 100;

/// An order with what it consists of.
struct Whole {
    order: Order,
    lines: Vec<Line>,
    taxes: Vec<order_taxes::Model>,
    delivery: Option<order_deliveries::Model>,
    standing: Standing,
}

/// Everything that is wrong.
pub async fn check(read: &Reader) -> Result<Vec<Finding>, Fault> {
    let mut findings = Vec::new();
    let mut after: Option<OrderId> = None;
    loop {
        let batch = batch(read, after).await?;
        let Some(last) = batch.last() else {
            return Ok(findings);
        };
        after = Some(last.order.id);
        findings.extend(batch.iter().flat_map(findings_of));
        if findings.len() >= NAMED {
            return Ok(findings);
        }
    }
}

fn findings_of(whole: &Whole) -> Vec<Finding> {
    let order = &whole.order;
    let rules: [(&'static str, bool); 5] = [
        (
            "order.payment_status_is_derived",
            order.payment_status == status::payment(order.total_minor, &whole.standing),
        ),
        (
            "order.fulfillment_status_is_derived",
            order.fulfillment_status == status::fulfillment(moves::pieces(&whole.lines)),
        ),
        ("order.total_is_its_parts", adds_up(whole)),
        ("order.confirmed_is_funded", is_funded(whole)),
        ("order.has_a_number", order.number.starts_with('R')),
    ];
    let broken = rules.into_iter().filter(|(_, holds)| !holds);
    broken
        .map(|(rule, _)| Finding::new(rule, order.id, format!("it is {}", order.state)))
        .collect()
}

fn adds_up(whole: &Whole) -> bool {
    let order = &whole.order;
    let delivery = whole.delivery.as_ref();
    let gross: i64 = whole.lines.iter().map(|line| line.gross_minor).sum();
    let tax: i64 = whole.lines.iter().map(|line| line.tax_minor).sum();
    let rates: i64 = whole.taxes.iter().map(|rate| rate.tax_minor).sum();
    let gross = gross + delivery.map_or(0, |one| one.gross_minor);
    let tax = tax + delivery.map_or(0, |one| one.tax_minor);
    gross - order.discount_minor == order.total_minor
        && tax == order.tax_minor
        && rates == order.tax_minor
}

fn is_funded(whole: &Whole) -> bool {
    match whole.order.state {
        State::Confirmed | State::InFulfillment | State::Completed => {
            whole.standing.authorized() >= whole.order.total_minor
        }
        State::PendingPayment | State::OnHold | State::Cancelled | State::PaymentFailed => true,
    }
}

async fn batch(read: &Reader, after: Option<OrderId>) -> Result<Vec<Whole>, Fault> {
    let mut query = Entity::find().order_by_asc(Column::Id).limit(BATCH);
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    let orders = query.all(read).await?;
    let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
    let mut lines = grouped(parts::lines(read, &ids).await?, |line| line.order_id);
    let mut taxes = grouped(parts::taxes(read, &ids).await?, |tax| tax.order_id);
    let mut deliveries = grouped(parts::deliveries(read, &ids).await?, |one| one.order_id);
    let mut standings = payment::standings(read, &ids).await?;
    let whole = |order: Order| Whole {
        lines: lines.remove(&order.id).unwrap_or_default(),
        taxes: taxes.remove(&order.id).unwrap_or_default(),
        delivery: deliveries.remove(&order.id).and_then(|mut one| one.pop()),
        standing: standings.remove(&order.id).unwrap_or_default(),
        order,
    };
    Ok(orders.into_iter().map(whole).collect())
}

fn grouped<T>(rows: Vec<T>, order: fn(&T) -> OrderId) -> HashMap<OrderId, Vec<T>> {
    let mut groups: HashMap<OrderId, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(order(&row)).or_default().push(row);
    }
    groups
}
