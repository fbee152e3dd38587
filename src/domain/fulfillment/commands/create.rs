//! `fulfillment.create`: pieces of an order are to leave one location together.

use std::collections::HashMap;

use entity::fulfillment_lines;
use entity::fulfillments::Model;
use entity::id::{FulfillmentId, LocationId, OrderId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::fulfillment::refusal::Refusal;
use crate::domain::fulfillment::select::{Asked, Line, Selection, select};
use crate::domain::fulfillment::state::{MACHINE, is_waiting};
use crate::domain::fulfillment::store;
use crate::domain::inventory::steps as inventory;
use crate::domain::order::steps::{self as order, Progress};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::quantity::Quantity;
use crate::kernel::scope::Scope;
use crate::write::{Before, Command, Entry, Event, KeyRule, NothingPrepared, Write};

/// What is to leave together.
#[derive(Debug, Serialize)]
pub struct FulfillmentCreate {
    /// Of which order.
    pub order: OrderId,
    /// Which pieces; all that are left if none are named.
    pub lines: Option<Vec<(entity::id::OrderLineId, Quantity)>>,
    /// From where; the location that most can leave from if none is named.
    pub location: Option<LocationId>,
}

/// The fulfillment that was created.
#[derive(Debug, Serialize, Deserialize)]
pub struct FulfillmentCreated {
    /// Its id.
    pub fulfillment: FulfillmentId,
}

impl Command for FulfillmentCreate {
    const NAME: &'static str = "fulfillment.create";
    const PERMISSION: Permission = Permission::FulfillmentManage;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = FulfillmentCreated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<FulfillmentCreated, Stop> {
        let scope = Scope::orders(w.caller());
        if order::find(w.read(), &scope, self.order).await?.is_none() {
            return Err(Refusal::UnknownOrder.into());
        }
        order::lock(w, &scope, self.order, None).await?;
        let (position, lines) = gather(w, self.order).await?;
        let selection = self.select(w, &lines).await?;
        let id: FulfillmentId = w.id();
        let (row, contained) = self.rows(w, id, position, &selection);
        store::add(w, row, contained).await?;
        let pieces: Vec<_> = selection
            .lines
            .iter()
            .map(|one| (one.line, one.quantity))
            .collect();
        order::fulfillment_moved(w, self.order, Progress::Fulfilled, &pieces).await?;
        let changes = json!({
            "order": self.order, "location": selection.location, "lines": pieces,
        });
        let entry = Entry::new("fulfillment", id.uuid(), Self::NAME);
        w.audit(
            entry
                .begun(MACHINE.initial.as_str())
                .changes(changes.clone()),
        );
        let event = "fulfillment.created";
        w.emit(Event::new("fulfillment", id.uuid(), event, changes));
        Ok(FulfillmentCreated { fulfillment: id })
    }
}

impl FulfillmentCreate {
    async fn select(&self, w: &Write, lines: &[Line]) -> Result<Selection, Stop> {
        let places = store::places(w.read()).await?;
        if self.location.is_some_and(|one| !places.contains(&one)) {
            return Err(Refusal::UnknownLocation.into());
        }
        let asked: Option<Vec<Asked>> = self.lines.as_ref().map(|lines| {
            let one = |(line, quantity): &(_, Quantity)| Asked {
                line: *line,
                quantity: quantity.get(),
            };
            lines.iter().map(one).collect()
        });
        Ok(select(lines, asked.as_deref(), self.location, &places)?)
    }

    fn rows(
        &self,
        w: &Write,
        id: FulfillmentId,
        position: i64,
        selection: &Selection,
    ) -> (Model, Vec<fulfillment_lines::Model>) {
        let row = Model {
            id,
            order_id: self.order,
            location_id: selection.location,
            position,
            state: MACHINE.initial,
            tracking_number: None,
            carrier: None,
            tracking_url: None,
            packed_at: None,
            shipped_at: None,
            delivered_at: None,
            version: 1,
            created_at: w.now(),
            updated_at: w.now(),
        };
        let line = |one: &Asked| fulfillment_lines::Model {
            fulfillment_id: id,
            order_line_id: one.line,
            quantity: one.quantity,
        };
        (row, selection.lines.iter().map(line).collect())
    }
}

/// The position of the order's next fulfillment, and its lines with what can leave from where. The
/// order is locked, so that nothing of it changes meanwhile.
async fn gather(w: &Write, order: OrderId) -> Result<(i64, Vec<Line>), Stop> {
    let made = store::of_orders(w.read(), &[order]).await?;
    let made = made.get(&order).cloned().unwrap_or_default();
    let position = made.iter().map(|one| one.position).max().unwrap_or(0) + 1;
    let waiting: HashMap<_, _> = made
        .iter()
        .filter(|one| is_waiting(one.state))
        .map(|one| (one.id, one.location_id))
        .collect();
    let ids: Vec<_> = waiting.keys().copied().collect();
    let taken = store::lines_of(w.read(), &ids).await?;
    let promised = inventory::promised(w.read(), order).await?;
    let lines = store::order_lines(w.read(), order).await?;
    let lines = lines.into_iter().map(|line| {
        let mut free: HashMap<LocationId, i64> = HashMap::new();
        for one in promised.iter().filter(|one| one.line_no == line.position) {
            *free.entry(one.location).or_default() += one.open;
        }
        let counted = !free.is_empty();
        for one in taken
            .values()
            .flatten()
            .filter(|one| one.order_line_id == line.id)
        {
            if let Some(location) = waiting.get(&one.fulfillment_id) {
                *free.entry(*location).or_default() -= one.quantity;
            }
        }
        Line {
            id: line.id,
            line_no: line.position,
            left: line.quantity - line.cancelled_qty - line.fulfilled_qty,
            counted,
            free: free.into_iter().collect(),
        }
    });
    Ok((position, lines.collect()))
}
