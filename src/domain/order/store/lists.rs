//! The SQL of lists of orders, newest first: keyset pages by (placed at, id).

use entity::id::{ChannelId, CustomerId, OrderId};
use entity::orders::{Column, Entity, Model, PaymentStatus, State};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use super::seen;
use crate::db::Reader;
use crate::kernel::clock::Instant;
use crate::kernel::error::{Code, Fault, Refused, Stop};
use crate::kernel::page::{Cut, Page};
use crate::kernel::scope::Scope;

/// Counting stops here.
const COUNT_MAX: u64 = 10_000;

/// Which orders; what is none does not narrow the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those of a customer.
    pub customer: Option<CustomerId>,
    /// Those of a channel.
    pub channel: Option<ChannelId>,
    /// Those in one of these states.
    pub states: Vec<State>,
    /// Those with one of these payment statuses.
    pub payment_statuses: Vec<PaymentStatus>,
    /// The one that people call so.
    pub number: Option<String>,
    /// Those placed then or later.
    pub placed_from: Option<Instant>,
    /// Those placed before.
    pub placed_until: Option<Instant>,
}

/// One page of the orders that the scope sees.
pub async fn page(
    read: &Reader,
    scope: &Scope,
    filter: &Filter,
    page: &Page,
) -> Result<Cut<Model>, Stop> {
    let mut query = narrowed(scope, filter).limit(page.probe());
    if let Some(edge) = &page.edge {
        let (placed_at, id) = opened(edge)?;
        let beyond = if page.backward {
            Condition::any()
                .add(Column::PlacedAt.gt(placed_at))
                .add(Column::PlacedAt.eq(placed_at).and(Column::Id.gt(id)))
        } else {
            Condition::any()
                .add(Column::PlacedAt.lt(placed_at))
                .add(Column::PlacedAt.eq(placed_at).and(Column::Id.lt(id)))
        };
        query = query.filter(beyond);
    }
    let query = if page.backward {
        query
            .order_by_asc(Column::PlacedAt)
            .order_by_asc(Column::Id)
    } else {
        query
            .order_by_desc(Column::PlacedAt)
            .order_by_desc(Column::Id)
    };
    Ok(page.cut(query.all(read).await?))
}

/// How many orders the list has; at most 10,000 are counted.
pub async fn count(read: &Reader, scope: &Scope, filter: &Filter) -> Result<u64, Fault> {
    let ids = narrowed(scope, filter)
        .select_only()
        .column(Column::Id)
        .limit(COUNT_MAX);
    Ok(ids.count(read).await?)
}

/// The sort key of an order, for its cursor.
pub fn key(order: &Model) -> Vec<String> {
    vec![order.placed_at.to_rfc3339(), order.id.to_string()]
}

fn opened(edge: &[String]) -> Result<(Instant, OrderId), Refused> {
    let foreign = || {
        Refused::new(
            Code::InvalidCursor,
            "The cursor does not belong to this list.",
        )
    };
    let [placed_at, id] = edge else {
        return Err(foreign());
    };
    let placed_at = chrono::DateTime::parse_from_rfc3339(placed_at).map_err(|_| foreign())?;
    Ok((placed_at.to_utc(), id.parse().map_err(|_| foreign())?))
}

fn narrowed(scope: &Scope, filter: &Filter) -> Select<Entity> {
    let mut query = Entity::find().filter(seen(scope));
    if let Some(customer) = filter.customer {
        query = query.filter(Column::CustomerId.eq(customer));
    }
    if let Some(channel) = filter.channel {
        query = query.filter(Column::ChannelId.eq(channel));
    }
    if !filter.states.is_empty() {
        query = query.filter(Column::State.is_in(filter.states.iter().copied()));
    }
    if !filter.payment_statuses.is_empty() {
        let statuses = filter.payment_statuses.iter().copied();
        query = query.filter(Column::PaymentStatus.is_in(statuses));
    }
    if let Some(number) = &filter.number {
        query = query.filter(Column::Number.eq(number));
    }
    if let Some(from) = filter.placed_from {
        query = query.filter(Column::PlacedAt.gte(from));
    }
    if let Some(until) = filter.placed_until {
        query = query.filter(Column::PlacedAt.lt(until));
    }
    query
}
