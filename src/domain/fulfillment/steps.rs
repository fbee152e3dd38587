//! Parts that the verbs of fulfillment share: each but creating goes the same way. The order is
//! locked, then the fulfillment; the table of `state.rs` decides; the row moves, and the order is
//! told how far its lines have come.

use entity::fulfillments::{Model, State};
use entity::id::{FulfillmentId, OrderLineId};
use entity::order_lines;
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::state::{Facts, MACHINE};
use super::store::{self, Note};
use crate::domain::order::steps as order;
use crate::domain::payment::steps as payment;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::scope::Scope;
use crate::write::{Entry, Event, Write};

/// The step that takes money: payments are locked before fulfillments.
const TAKES_MONEY: &str = "ship";

/// A fulfillment that is locked, with its order and the pieces it contains.
pub struct Locked {
    /// The fulfillment.
    pub row: Model,
    /// Where it leads.
    pub to: State,
    /// The lines of the order that are in it, with the pieces.
    pub pieces: Vec<(order_lines::Model, i64)>,
}

impl Locked {
    /// Pieces by line.
    pub fn lines(&self) -> Vec<(OrderLineId, i64)> {
        let pieces = self.pieces.iter();
        pieces.map(|(line, pieces)| (line.id, *pieces)).collect()
    }

    /// Pieces by position of the line.
    pub fn positions(&self) -> Vec<(i64, i64)> {
        let pieces = self.pieces.iter();
        pieces
            .map(|(line, pieces)| (line.position, *pieces))
            .collect()
    }
}

/// Locks the order and the fulfillment, and asks the table whether `action` may be done now.
pub async fn lock(
    w: &Write,
    id: FulfillmentId,
    expected_version: Option<i64>,
    action: &'static str,
) -> Result<Locked, Stop> {
    let seen = store::by_ids(w.read(), &Scope::orders(w.caller()), &[id]).await?;
    let seen = seen.into_iter().next().ok_or(Refusal::NotFound)?;
    let order = order::lock(w, &Scope::All, seen.order_id, None).await?;
    if action == TAKES_MONEY {
        payment::locked_standing(w, order.id).await?;
    }
    let row = store::lock(w, id).await?.ok_or(Refusal::NotFound)?;
    let current = row.version;
    if expected_version.is_some_and(|seen| seen != current) {
        return Err(Refusal::Stale { current }.into());
    }
    let to = MACHINE.step(row.state, action, &Facts { order: order.state })?;
    let contained = store::lines_of(w.read(), &[id]).await?;
    let contained = contained.get(&id).cloned().unwrap_or_default();
    let pieces = store::order_lines(w.read(), order.id)
        .await?
        .into_iter()
        .filter_map(|line| {
            let mine = contained.iter().find(|one| one.order_line_id == line.id)?;
            Some((line, mine.quantity))
        });
    Ok(Locked {
        pieces: pieces.collect(),
        row,
        to,
    })
}

/// What was done, for history and news.
pub struct Act {
    /// The transition.
    pub transition: &'static str,
    /// What the history calls it.
    pub name: &'static str,
    /// Why, in the words of who did it.
    pub reason: Option<String>,
    /// What changed besides the state: references and figures.
    pub changes: Value,
}

/// Moves the locked fulfillment and tells of it.
pub async fn advance(w: &mut Write, locked: &Locked, note: Note<'_>, act: Act) -> Result<(), Stop> {
    let row = &locked.row;
    if !store::set_state(w, row, locked.to, note).await? {
        return Err(Fault::bug("a locked fulfillment has changed").into());
    }
    let id = row.id.uuid();
    let mut entry = Entry::new("fulfillment", id, act.name).changes(act.changes);
    entry = entry.moved(row.state.as_str(), locked.to.as_str());
    if let Some(reason) = act.reason {
        entry = entry.because(reason);
    }
    w.audit(entry);
    let data = json!({ "fulfillment": row.id, "order": row.order_id });
    let event = MACHINE.event(act.transition);
    w.emit(Event::new("fulfillment", id, event, data));
    Ok(())
}
