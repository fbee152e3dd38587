//! The rows of `fulfillments` and `fulfillment_lines`.

use std::collections::HashMap;

use entity::fulfillment_lines::{self, Column as LineColumn, Entity as Lines};
use entity::fulfillments::{Column, Entity, Model, State};
use entity::id::{FulfillmentId, LocationId, OrderId};
use entity::locations::Kind;
use entity::{locations, order_lines, orders};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::tracking::Tracking;
use crate::db::Reader;
use crate::db::portable::keys;
use crate::domain::order::steps as order;
use crate::kernel::error::Fault;
use crate::kernel::page::{Cut, Page};
use crate::kernel::scope::Scope;
use crate::write::Write;

/// Fulfillments by id, of orders that the scope sees.
pub async fn by_ids(
    read: &Reader,
    scope: &Scope,
    ids: &[FulfillmentId],
) -> Result<Vec<Model>, Fault> {
    let visible = Query::select()
        .column(orders::Column::Id)
        .from(orders::Entity)
        .cond_where(order::seen(scope))
        .to_owned();
    let rows = Entity::find()
        .filter(Column::Id.is_in(keys(ids.iter().copied())))
        .filter(Column::OrderId.in_subquery(visible));
    Ok(rows.all(read).await?)
}

/// Which part of the work is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Only in this state.
    pub state: Option<State>,
    /// Only from this location.
    pub location: Option<LocationId>,
}

/// A page of fulfillments, the oldest first; for staff, who see every order.
pub async fn page(read: &Reader, work: Work, page: &Page) -> Result<Cut<Model>, Fault> {
    let mut rows = Entity::find().limit(page.probe());
    if let Some(state) = work.state {
        rows = rows.filter(Column::State.eq(state));
    }
    if let Some(location) = work.location {
        rows = rows.filter(Column::LocationId.eq(location));
    }
    if let Some([id]) = page.edge.as_deref() {
        let id: FulfillmentId = id.parse().map_err(|_| Fault::bug("a cursor without id"))?;
        rows = rows.filter(if page.backward {
            Column::Id.lt(id)
        } else {
            Column::Id.gt(id)
        });
    }
    rows = if page.backward {
        rows.order_by_desc(Column::Id)
    } else {
        rows.order_by_asc(Column::Id)
    };
    Ok(page.cut(rows.all(read).await?))
}

/// The fulfillments of orders, by order, in their order.
pub async fn of_orders(
    read: &Reader,
    ids: &[OrderId],
) -> Result<HashMap<OrderId, Vec<Model>>, Fault> {
    let rows = Entity::find()
        .filter(Column::OrderId.is_in(keys(ids.iter().copied())))
        .order_by_asc(Column::Position);
    let mut by_order: HashMap<OrderId, Vec<Model>> = HashMap::new();
    for row in rows.all(read).await? {
        by_order.entry(row.order_id).or_default().push(row);
    }
    Ok(by_order)
}

/// What fulfillments contain, by fulfillment; in the order of the order's lines.
pub async fn lines_of(
    read: &Reader,
    ids: &[FulfillmentId],
) -> Result<HashMap<FulfillmentId, Vec<fulfillment_lines::Model>>, Fault> {
    let rows = Lines::find()
        .filter(LineColumn::FulfillmentId.is_in(keys(ids.iter().copied())))
        .order_by_asc(LineColumn::OrderLineId);
    let mut by_id: HashMap<FulfillmentId, Vec<fulfillment_lines::Model>> = HashMap::new();
    for row in rows.all(read).await? {
        by_id.entry(row.fulfillment_id).or_default().push(row);
    }
    Ok(by_id)
}

/// The lines of an order, by position.
pub async fn order_lines(read: &Reader, order: OrderId) -> Result<Vec<order_lines::Model>, Fault> {
    let rows = order_lines::Entity::find()
        .filter(order_lines::Column::OrderId.eq(order))
        .order_by_asc(order_lines::Column::Position);
    Ok(rows.all(read).await?)
}

/// The locations that an order's pieces may leave from, the preferred one first. One that serves no
/// new orders any more still sends what was promised there.
pub async fn places(read: &Reader) -> Result<Vec<LocationId>, Fault> {
    let rows = locations::Entity::find()
        .filter(locations::Column::Kind.is_in([Kind::Warehouse, Kind::Store, Kind::Dropship]))
        .order_by_desc(locations::Column::IsDefault)
        .order_by_asc(locations::Column::Code);
    Ok(rows.all(read).await?.iter().map(|row| row.id).collect())
}

/// Locks a fulfillment whose order is locked.
pub async fn lock(w: &Write, id: FulfillmentId) -> Result<Option<Model>, Fault> {
    let row = Entity::find_by_id(id).lock(LockType::Update);
    Ok(row.one(w.read()).await?)
}

/// Adds a fulfillment with what it contains.
pub async fn add(w: &Write, row: Model, lines: Vec<fulfillment_lines::Model>) -> Result<(), Fault> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(w)
        .await?;
    let lines = lines
        .into_iter()
        .map(|line| fulfillment_lines::ActiveModel {
            fulfillment_id: Set(line.fulfillment_id),
            order_line_id: Set(line.order_line_id),
            quantity: Set(line.quantity),
        });
    Lines::insert_many(lines).exec_without_returning(w).await?;
    Ok(())
}

/// What a move notes besides the state.
#[derive(Clone, Copy, Debug)]
pub enum Note<'a> {
    /// When it was packed.
    Packed,
    /// When it went out, and how it can be followed.
    Shipped(&'a Tracking),
    /// When it arrived.
    Delivered,
    /// Nothing.
    Cancelled,
}

/// Moves a locked fulfillment to another state; false where it is not at its version and state.
pub async fn set_state(w: &Write, row: &Model, to: State, note: Note<'_>) -> Result<bool, Fault> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to.as_str()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()));
    update = match note {
        Note::Packed => update.col_expr(Column::PackedAt, Expr::value(w.now())),
        Note::Delivered => update.col_expr(Column::DeliveredAt, Expr::value(w.now())),
        Note::Cancelled => update,
        Note::Shipped(tracking) => {
            let update = update.col_expr(Column::ShippedAt, Expr::value(w.now()));
            match tracking {
                Tracking::Untracked => update,
                Tracking::Tracked {
                    number,
                    carrier,
                    url,
                } => update
                    .col_expr(Column::TrackingNumber, Expr::value(number.clone()))
                    .col_expr(Column::Carrier, Expr::value(carrier.clone()))
                    .col_expr(Column::TrackingUrl, Expr::value(url.clone())),
            }
        }
    };
    let done = update
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .filter(Column::State.eq(row.state))
        .exec(w)
        .await?;
    Ok(done.rows_affected == 1)
}
