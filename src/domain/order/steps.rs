//! Parts of verbs on orders, for the areas further down the line and for processes.
//!
//! Take [`lock`] before anything of a payment or a fulfillment: the order comes first. Each step
//! brings the derived statuses up to date with what it changed.

use entity::id::{OrderId, OrderLineId};
use entity::orders::{Model as Order, State};
use serde_json::{Value, json};

use super::plan::{OrderPlan, SECRET, SECRET_GENERATION};
use super::refusal::Refusal;
use super::state::{Facts, MACHINE};
use super::status;
use super::store;
pub use super::store::moves::Progress;
use super::store::moves::{self, Note};
use super::store::number::TakeNumber;
use super::store::place::{self, Beginning};
pub use super::store::{by_id as find, seen};
use crate::domain::payment::standing::Standing;
use crate::domain::payment::steps as payment;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::scope::Scope;
use crate::kernel::secret::SecretHash;
use crate::kernel::text::Reason;
use crate::write::{Entry, Event, Write};

/// Writes a planned order down, waiting for its payment. A guest's order opens with the secret
/// `mint(SECRET, id, 1)`.
pub async fn place(w: &mut Write, plan: &OrderPlan) -> Result<(), Stop> {
    if !plan.adds_up() {
        return Err(Fault::bug("the parts of an order do not add up").into());
    }
    let id = plan.id.uuid();
    let secret_hash = plan.customer.is_none().then(|| {
        let secret = w.mint(SECRET, id, SECRET_GENERATION);
        SecretHash::of(&secret).0
    });
    let beginning = Beginning {
        state: MACHINE.initial,
        payment_status: status::payment(plan.totals.total, &Standing::default()),
        secret_hash,
    };
    place::write(w, plan, beginning).await?;
    let changes = json!({
        "cart": plan.cart,
        "channel": plan.channel,
        "lines": plan.lines.len(),
        "totalMinor": plan.totals.total,
        "currency": plan.currency,
    });
    let entry = Entry::new("order", id, "order.place").begun(MACHINE.initial.as_str());
    w.audit(entry.changes(changes));
    let data = json!({ "order": plan.id, "cart": plan.cart, "channel": plan.channel });
    w.emit(Event::new("order", id, "order.placed", data));
    w.last(TakeNumber { order: plan.id });
    Ok(())
}

/// Locks an order that the scope sees; refuses where it is not the version that the caller has
/// seen.
pub async fn lock(
    w: &Write,
    scope: &Scope,
    id: OrderId,
    expected_version: Option<i64>,
) -> Result<Order, Stop> {
    let order = store::lock(w, scope, id).await?.ok_or(Refusal::NotFound)?;
    if expected_version.is_some_and(|expected| expected != order.version) {
        return Err(Refusal::Changed {
            current: order.version,
        }
        .into());
    }
    Ok(order)
}

/// Confirms a locked order whose payment is authorized, on an approved invoice, or not needed. Its
/// stock has been allocated in the same transaction.
pub async fn confirm(w: &mut Write, mut order: Order) -> Result<(), Stop> {
    let facts = refresh(w, &mut order).await?;
    let to = MACHINE.step(order.state, "confirm", &facts)?;
    moves::allocate_lines(w, order.id).await?;
    let act = Act::new("confirm", "order.confirm");
    advance(w, &mut order, to, Note::Nothing, act).await
}

/// Ends an order whose payment was refused for good. Its stock is released in the same transaction.
pub async fn fail_payment(w: &mut Write, id: OrderId, code: &str) -> Result<(), Stop> {
    let mut order = lock(w, &Scope::All, id, None).await?;
    refresh(w, &mut order).await?;
    let to = MACHINE.step(order.state, "failPayment", &Facts::default())?;
    let act = Act::new("failPayment", "order.fail_payment").with(json!({ "code": code }));
    advance(w, &mut order, to, Note::Nothing, act).await
}

/// Holds back a confirmed order that is locked.
pub async fn hold(w: &mut Write, order: &mut Order, reason: &Reason) -> Result<(), Stop> {
    let to = MACHINE.step(order.state, "hold", &Facts::default())?;
    let act = Act::new("hold", "order.hold").because(reason.as_str());
    let note = Note::Held(reason.as_str().to_owned());
    advance(w, order, to, note, act).await
}

/// Brings the payment status up to date with the payments, and completes the order where that was
/// all that it waited for.
pub async fn set_payment_status(w: &mut Write, id: OrderId) -> Result<(), Stop> {
    let mut order = lock(w, &Scope::All, id, None).await?;
    refresh(w, &mut order).await?;
    complete_if_done(w, &mut order).await
}

/// Notes that pieces of the order's lines have come further (or back out of a fulfillment), with all
/// that follows: the first fulfillment starts, the last delivery completes.
pub async fn fulfillment_moved(
    w: &mut Write,
    id: OrderId,
    progress: Progress,
    lines: &[(OrderLineId, i64)],
) -> Result<(), Stop> {
    let mut order = lock(w, &Scope::All, id, None).await?;
    if progress == Progress::Fulfilled && order.state != State::InFulfillment {
        let to = MACHINE.step(order.state, "startFulfillment", &Facts::default())?;
        let act = Act::new("startFulfillment", "order.start_fulfillment");
        advance(w, &mut order, to, Note::Nothing, act).await?;
    }
    if !moves::advance_lines(w, id, progress, lines).await? {
        return Err(Refusal::LinesDoNotFit.into());
    }
    refresh(w, &mut order).await?;
    match progress {
        Progress::Withdrawn => stop_if_nothing_left(w, &mut order).await,
        Progress::Fulfilled | Progress::Shipped | Progress::Delivered => {
            complete_if_done(w, &mut order).await
        }
    }
}

/// What the guards of the state machine look at.
pub async fn facts(w: &Write, order: &Order) -> Result<Facts, Fault> {
    let standing = payment::standing(w.read(), order.id).await?;
    let lines = store::parts::lines(w.read(), &[order.id]).await?;
    let pieces = moves::pieces(&lines);
    Ok(Facts::of(order.total_minor, &standing, pieces))
}

/// What was done, for history and news.
pub struct Act {
    /// The transition.
    pub transition: &'static str,
    /// What the history calls it.
    pub action: &'static str,
    /// Why, in the words of who did it.
    pub reason: Option<String>,
    /// What changed besides the state: references and figures.
    pub changes: Value,
}

impl Act {
    /// An act of which there is nothing more to say.
    pub fn new(transition: &'static str, action: &'static str) -> Self {
        Self {
            transition,
            action,
            reason: None,
            changes: json!({}),
        }
    }

    /// With references and figures.
    #[must_use]
    pub fn with(self, changes: Value) -> Self {
        Self { changes, ..self }
    }

    /// In the words of who did it.
    #[must_use]
    pub fn because(self, reason: &str) -> Self {
        let reason = Some(reason.to_owned());
        Self { reason, ..self }
    }
}

/// Moves the locked order and tells of it.
pub async fn advance(
    w: &mut Write,
    order: &mut Order,
    to: State,
    note: Note,
    act: Act,
) -> Result<(), Stop> {
    let from = order.state;
    held(moves::set_state(w, order, to, note).await?)?;
    let id = order.id.uuid();
    let mut entry = Entry::new("order", id, act.action).changes(act.changes);
    entry = entry.moved(from.as_str(), to.as_str());
    if let Some(reason) = act.reason {
        entry = entry.because(reason);
    }
    w.audit(entry);
    let data = json!({ "order": order.id });
    w.emit(Event::new("order", id, MACHINE.event(act.transition), data));
    Ok(())
}

/// An order whose last fulfillment was cancelled before anything left can be cancelled again.
async fn stop_if_nothing_left(w: &mut Write, order: &mut Order) -> Result<(), Stop> {
    let facts = facts(w, order).await?;
    let Ok(to) = MACHINE.step(order.state, "stopFulfillment", &facts) else {
        return Ok(());
    };
    let act = Act::new("stopFulfillment", "order.stop_fulfillment");
    advance(w, order, to, Note::Nothing, act).await
}

async fn complete_if_done(w: &mut Write, order: &mut Order) -> Result<(), Stop> {
    if order.state != State::InFulfillment {
        return Ok(());
    }
    let facts = facts(w, order).await?;
    let Ok(to) = MACHINE.step(order.state, "complete", &facts) else {
        return Ok(());
    };
    let act = Act::new("complete", "order.complete");
    advance(w, order, to, Note::Nothing, act).await
}

/// Derives the statuses anew, and writes them where they differ; gives what they were derived from.
async fn refresh(w: &mut Write, order: &mut Order) -> Result<Facts, Stop> {
    let standing = payment::standing(w.read(), order.id).await?;
    let lines = store::parts::lines(w.read(), &[order.id]).await?;
    let facts = Facts::of(order.total_minor, &standing, moves::pieces(&lines));
    let was = (order.payment_status, order.fulfillment_status);
    let is = (
        status::payment(order.total_minor, &standing),
        status::fulfillment(moves::pieces(&lines)),
    );
    if was == is {
        return Ok(facts);
    }
    held(moves::set_statuses(w, order, is.0, is.1).await?)?;
    let changes = json!({
        "paymentStatus": [was.0.as_str(), is.0.as_str()],
        "fulfillmentStatus": [was.1.as_str(), is.1.as_str()],
    });
    let id = order.id.uuid();
    w.audit(Entry::new("order", id, "order.refresh").changes(changes));
    let data = json!({
        "order": order.id,
        "paymentStatus": is.0.as_str(),
        "fulfillmentStatus": is.1.as_str(),
    });
    w.emit(Event::new("order", id, "order.progressed", data));
    Ok(facts)
}

/// A row that is locked cannot have changed since it was read.
fn held(moved: bool) -> Result<(), Fault> {
    if moved {
        Ok(())
    } else {
        Err(Fault::bug("a locked order has changed"))
    }
}
