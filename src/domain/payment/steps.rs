//! Parts of verbs on payments, for the areas further down the line and for processes.
//!
//! A request to a provider is a row in `payment_operations` and a process that carries it out:
//! nothing here calls anybody. Whoever takes these steps has locked the order before; each locks
//! the payment. Settling a payment changes the order's payment status, so the caller brings that
//! up to date in the same transaction (`order::steps::payment_moved`).

use std::collections::HashMap;

use chrono::TimeDelta;
use entity::id::{OrderId, PaymentId, PaymentOperationId};
use entity::payment_operations::{Kind, Model as Operation, State as OperationState};
use entity::payments::{Method, Model as Payment, State};
use serde_json::{Value, json};

use super::ledger::Movement;
use super::port::Answer;
use super::refusal::Refusal;
use super::request::{Draft, NewPayment, portion};
use super::settle::{self, SettleFacts, Settlement};
use super::standing::{PaymentStanding, Standing};
use super::state::MACHINE;
use super::store::operations::Change;
use super::store::{self, Figures};
use crate::db::Reader;
use crate::kernel::clock::Instant;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::money::Money;
use crate::write::{Entry, Event, Write, processes};

/// The process that captures: its subject is the operation.
pub const SETTLE_PAYMENT: &str = "settle_payment";
/// The process that voids or refunds: its subject is the operation.
pub const SETTLE_REFUND: &str = "settle_refund";

/// A payment that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The payment.
    pub payment: PaymentId,
    /// The authorization to ask for; none for an invoice.
    pub operation: Option<PaymentOperationId>,
}

/// How an operation stands after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The order it was about.
    pub order: OrderId,
    /// The payment.
    pub payment: PaymentId,
    /// What has become of the operation.
    pub operation: OperationState,
    /// Whether the answer has changed anything: an operation that was resolved stays as it is.
    pub fresh: bool,
}

/// Opens a payment, for a card with the authorization to ask for. The process that placed the
/// order carries it out.
pub async fn open(w: &mut Write, new: &NewPayment) -> Result<Opened, Stop> {
    let id = store::add(w, new, MACHINE.initial).await?;
    let operation = match new.method {
        Method::Card => {
            let draft = Draft::new(Kind::Authorize, new.amount.minor, &new.gateway, &new.token);
            Some(store::operations::add(w, id, &draft).await?)
        }
        Method::Invoice => None,
    };
    let changes =
        json!({ "order": new.order, "method": new.method.as_str(), "operation": operation });
    w.audit(
        Entry::new("payment", id.uuid(), "payment.open")
            .begun(MACHINE.initial.as_str())
            .changes(changes),
    );
    let data = json!({ "payment": id, "order": new.order });
    w.emit(Event::new("payment", id.uuid(), "payment.opened", data));
    Ok(Opened {
        payment: id,
        operation,
    })
}

/// Records that the operation is about to be sent, so that we always know we may have called. Once
/// more for one whose outcome we do not know; false where it is resolved or waits for the buyer.
pub async fn mark_sent(w: &mut Write, id: PaymentOperationId) -> Result<bool, Stop> {
    let Subject {
        payment, operation, ..
    } = subject(w, id).await?;
    match operation.state {
        OperationState::Created | OperationState::Sent | OperationState::Unknown => {}
        OperationState::ActionRequired | OperationState::Succeeded | OperationState::Failed => {
            return Ok(false);
        }
    }
    let change = Change {
        sends: true,
        ..Change::default()
    };
    held(store::operations::advance(w, &operation, OperationState::Sent, change).await?)?;
    let first = operation.kind == Kind::Authorize && payment.state == State::Created;
    let to = if first {
        let to = MACHINE.step(
            payment.state,
            "send",
            &store::standing::of(&payment, &[]).facts(0),
        )?;
        held(store::advance(w, &payment, to, Figures::default()).await?)?;
        to
    } else {
        payment.state
    };
    let changes = json!({ "operation": id, "kind": operation.kind.as_str() });
    tell(w, &payment, to, ("payment.send", "payment.sent"), &changes);
    Ok(true)
}

/// Keeps what the buyer brought back from a challenge, before it is handed in. False where the
/// operation does not wait for it.
pub async fn answer_challenge(
    w: &mut Write,
    id: PaymentOperationId,
    response: &str,
) -> Result<bool, Stop> {
    let Subject {
        payment, operation, ..
    } = subject(w, id).await?;
    if operation.state != OperationState::ActionRequired {
        return Ok(false);
    }
    let mut challenge = operation.challenge.clone().unwrap_or_else(|| json!({}));
    if let Value::Object(fields) = &mut challenge {
        fields.insert(RESPONSE.to_owned(), response.into());
    }
    let change = Change {
        challenge: Some(challenge),
        ..Change::default()
    };
    held(store::operations::advance(w, &operation, OperationState::Sent, change).await?)?;
    let facts = store::standing::of(&payment, &[]).facts(0);
    let to = MACHINE.step(payment.state, "actionDone", &facts)?;
    held(store::advance(w, &payment, to, Figures::default()).await?)?;
    let changes = json!({ "operation": id });
    let act = ("payment.action_done", "payment.action_done");
    tell(w, &payment, to, act, &changes);
    Ok(true)
}

/// What the buyer brought back from the challenge of this operation.
pub fn response(operation: &Operation) -> Option<String> {
    let response = operation.challenge.as_ref()?.get(RESPONSE)?;
    response.as_str().map(str::to_owned)
}

const RESPONSE: &str = "response";

/// Records a provider's answer, with all it means for the payment and the ledger. `next_check` is
/// when to ask again where the outcome is not known.
pub async fn settle(
    w: &mut Write,
    id: PaymentOperationId,
    answer: &Answer,
    next_check: Instant,
) -> Result<Settled, Stop> {
    let Subject {
        payment,
        operation,
        others,
    } = subject(w, id).await?;
    let known = SettleFacts {
        kind: operation.kind,
        amount: operation.amount_minor,
        operation: operation.state,
        payment: payment.state,
        facts: store::standing::of(&payment, &others).facts(operation.amount_minor),
    };
    let settled = |state, fresh| Settled {
        order: payment.order_id,
        payment: payment.id,
        operation: state,
        fresh,
    };
    let Some(plan) = settle::plan(&known, answer)? else {
        return Ok(settled(operation.state, false));
    };
    let change = Change::of(answer, w.real(), next_check);
    held(store::operations::advance(w, &operation, plan.operation, change).await?)?;
    carry_out(w, &payment, &operation, &plan, answer).await?;
    Ok(settled(plan.operation, true))
}

/// Asks for authorized money: `amount`, or all that is left.
pub async fn request_capture(
    w: &mut Write,
    payment: PaymentId,
    amount: Option<Money>,
) -> Result<PaymentOperationId, Stop> {
    let (payment, standing) = locked(w, payment).await?;
    if payment.method == Method::Invoice {
        return Err(Refusal::NotACard.into());
    }
    MACHINE.step(payment.state, "capturePart", &standing.facts(0))?;
    if standing.is_voiding() {
        return Err(Refusal::UnderWay.into());
    }
    let left = Money::new(standing.capturable(), currency(&payment)?);
    let asked = portion(amount, left)?;
    request(w, &payment, Kind::Capture, asked.minor).await
}

/// Asks for all authorized money of an order's card payments: the first shipment does. The
/// operations it began; none where nothing is left to capture.
pub async fn capture_rest(w: &mut Write, order: OrderId) -> Result<Vec<PaymentOperationId>, Stop> {
    let standing = locked_standing(w, order).await?;
    let mut begun = Vec::new();
    // An order has one payment that counts; the others have failed.
    for payment in standing.payments {
        if payment.method == Method::Card && payment.capturable() > 0 {
            begun.push(request_capture(w, payment.payment, None).await?);
        }
    }
    Ok(begun)
}

/// Asks to give an authorization back.
pub async fn request_void(w: &mut Write, payment: PaymentId) -> Result<PaymentOperationId, Stop> {
    let (payment, standing) = locked(w, payment).await?;
    MACHINE.step(payment.state, "void", &standing.facts(0))?;
    if standing.is_voiding() {
        return Err(Refusal::UnderWay.into());
    }
    request(w, &payment, Kind::Void, payment.authorized_minor).await
}

/// Asks to pay captured money back: `amount`, or all that is left.
pub async fn request_refund(
    w: &mut Write,
    payment: PaymentId,
    amount: Option<Money>,
) -> Result<PaymentOperationId, Stop> {
    let (payment, standing) = locked(w, payment).await?;
    MACHINE.step(payment.state, "refundPart", &standing.facts(0))?;
    let left = Money::new(standing.refundable(), currency(&payment)?);
    let asked = portion(amount, left)?;
    request(w, &payment, Kind::Refund, asked.minor).await
}

/// Approves the terms of an order's invoice: from then on it stands as authorized. Nothing happens
/// to a payment that is no invoice, or was approved before.
pub async fn approve_terms(w: &mut Write, order: OrderId) -> Result<(), Stop> {
    let payments = store::lock_of_order(w, order).await?;
    let waiting = |one: &&Payment| one.method == Method::Invoice && one.state == State::Created;
    let Some(payment) = payments.iter().find(waiting) else {
        return Ok(());
    };
    let amount = payment.amount_minor;
    let facts = store::standing::of(payment, &[]).facts(amount);
    let plan = Settlement {
        operation: OperationState::Succeeded,
        payment: MACHINE.step(payment.state, "approveTerms", &facts)?,
        action: "payment.approve_terms",
        event: MACHINE.event("approveTerms"),
        movement: Some(Movement::Authorize),
    };
    at_once(w, payment, Kind::Authorize, amount, &plan).await
}

/// Notes that an approved invoice was paid in full.
pub async fn mark_paid(w: &mut Write, payment: PaymentId) -> Result<(), Stop> {
    let (payment, standing) = locked(w, payment).await?;
    if payment.method != Method::Invoice {
        return Err(Refusal::NotAnInvoice.into());
    }
    let amount = standing.capturable();
    let plan = Settlement {
        operation: OperationState::Succeeded,
        payment: MACHINE.step(payment.state, "capture", &standing.facts(amount))?,
        action: "payment.mark_paid",
        event: MACHINE.event("capture"),
        movement: Some(Movement::Capture),
    };
    at_once(w, &payment, Kind::Capture, amount, &plan).await
}

/// The operations of an order's payments, each with its payment, newest payment first.
pub async fn operations_of(
    read: &Reader,
    order: OrderId,
) -> Result<Vec<(Payment, Operation)>, Fault> {
    let mut payments = store::of_orders(read, &[order]).await?;
    payments.sort_by_key(|payment| std::cmp::Reverse(payment.id));
    let ids: Vec<_> = payments.iter().map(|payment| payment.id).collect();
    let operations = store::operations::of_payments(read, &ids).await?;
    let pairs = payments.iter().flat_map(|payment| {
        let own = operations.iter().filter(|one| one.payment_id == payment.id);
        own.map(|operation| (payment.clone(), operation.clone()))
    });
    Ok(pairs.collect())
}

/// How the payments of an order stand.
pub async fn standing(read: &Reader, order: OrderId) -> Result<Standing, Fault> {
    let payments = store::of_orders(read, &[order]).await?;
    store::standing::of_all(read, &payments).await
}

/// How the payments of these orders stand; an order without payments is not in it.
pub async fn standings(
    read: &Reader,
    orders: &[OrderId],
) -> Result<HashMap<OrderId, Standing>, Fault> {
    let payments = store::of_orders(read, orders).await?;
    store::standing::by_order(read, &payments).await
}

/// As [`standing`], with the payments locked.
pub async fn locked_standing(w: &Write, order: OrderId) -> Result<Standing, Fault> {
    let payments = store::lock_of_order(w, order).await?;
    store::standing::of_all(w.read(), &payments).await
}

/// The order that a payment belongs to, to lock it first.
pub async fn order_of(read: &Reader, payment: PaymentId) -> Result<OrderId, Stop> {
    let payment = store::by_id(read, payment)
        .await?
        .ok_or(Refusal::NotFound)?;
    Ok(payment.order_id)
}

/// The order that an operation belongs to, to lock it first.
pub async fn order_of_operation(read: &Reader, id: PaymentOperationId) -> Result<OrderId, Stop> {
    let operation = store::operations::by_id(read, id).await?;
    let operation = operation.ok_or(Refusal::NotFound)?;
    order_of(read, operation.payment_id).await
}

/// Locks a payment and reads how it stands.
pub async fn locked(w: &Write, id: PaymentId) -> Result<(Payment, PaymentStanding), Stop> {
    let payment = store::lock(w, id).await?.ok_or(Refusal::NotFound)?;
    let operations = store::operations::of_payments(w.read(), &[id]).await?;
    let standing = store::standing::of(&payment, &operations);
    Ok((payment, standing))
}

/// An operation with its payment locked, and the payment's other operations.
struct Subject {
    payment: Payment,
    operation: Operation,
    others: Vec<Operation>,
}

/// Locks the payment of an operation, then reads its operations.
async fn subject(w: &Write, id: PaymentOperationId) -> Result<Subject, Stop> {
    let payment = store::lock_of_operation(w, id).await?;
    let payment = payment.ok_or(Refusal::NotFound)?;
    let all = store::operations::of_payments(w.read(), &[payment.id]).await?;
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.id == id);
    let operation = own.into_iter().next().ok_or(Refusal::NotFound)?;
    Ok(Subject {
        payment,
        operation,
        others,
    })
}

fn currency(payment: &Payment) -> Result<crate::kernel::money::Currency, Fault> {
    payment.currency.parse().map_err(|_| Fault::Corrupt {
        table: "payments",
        column: "currency",
        id: payment.id.to_string(),
    })
}

/// Writes a follow-up operation with the process that carries it out.
async fn request(
    w: &mut Write,
    payment: &Payment,
    kind: Kind,
    amount: i64,
) -> Result<PaymentOperationId, Stop> {
    let operations = store::operations::of_payments(w.read(), &[payment.id]).await?;
    let token = operations.iter().find(|one| one.kind == Kind::Authorize);
    let token = token.map_or("", |one| one.token.as_str());
    let draft = Draft::new(kind, amount, &payment.gateway, token);
    let id = store::operations::add(w, payment.id, &draft).await?;
    let (process, action) = match kind {
        Kind::Capture => (SETTLE_PAYMENT, "payment.capture_request"),
        Kind::Void => (SETTLE_REFUND, "payment.void_request"),
        Kind::Refund => (SETTLE_REFUND, "payment.refund_request"),
        Kind::Authorize => return Err(Fault::bug("an order's process authorizes").into()),
    };
    let order = Some(payment.order_id);
    let nobody = TimeDelta::zero();
    processes::start(w, process, id.uuid(), order, "created", nobody).await?;
    let changes = json!({ "operation": id, "amountMinor": amount });
    let act = (action, "payment.requested");
    tell(w, payment, payment.state, act, &changes);
    Ok(id)
}

/// Writes an operation that needs nobody's answer, and what it means.
async fn at_once(
    w: &mut Write,
    payment: &Payment,
    kind: Kind,
    amount: i64,
    plan: &Settlement,
) -> Result<(), Stop> {
    let draft = Draft {
        done: true,
        ..Draft::new(kind, amount, &payment.gateway, "")
    };
    let id = store::operations::add(w, payment.id, &draft).await?;
    let operation = store::operations::by_id(w.read(), id).await?;
    let operation = operation.ok_or_else(|| Fault::bug("an operation is gone"))?;
    let answer = Answer::Succeeded {
        provider_ref: String::new(),
    };
    carry_out(w, payment, &operation, plan, &answer).await
}

/// Moves the payment and the ledger as planned, and tells.
async fn carry_out(
    w: &mut Write,
    payment: &Payment,
    operation: &Operation,
    plan: &Settlement,
    answer: &Answer,
) -> Result<(), Stop> {
    let amount = operation.amount_minor;
    let mut add = Figures::default();
    match plan.movement {
        Some(Movement::Authorize) => add.authorized = amount,
        Some(Movement::Capture) => add.captured = amount,
        Some(Movement::Refund) => add.refunded = amount,
        Some(Movement::Void) | None => {}
    }
    if plan.movement.is_some() || plan.payment != payment.state {
        held(store::advance(w, payment, plan.payment, add).await?)?;
    }
    if let Some(movement) = plan.movement {
        store::ledger::book(w, payment, operation.id, movement, amount).await?;
    }
    let code = match answer {
        Answer::Declined { code } => Some(code.as_str()),
        Answer::Succeeded { .. } | Answer::ActionRequired { .. } | Answer::Unknown => None,
    };
    let changes = json!({ "operation": operation.id, "amountMinor": amount, "code": code });
    tell(
        w,
        payment,
        plan.payment,
        (plan.action, plan.event),
        &changes,
    );
    Ok(())
}

/// Leaves an entry and an event; `act` is what was done and what it is called as news.
fn tell(
    w: &mut Write,
    payment: &Payment,
    to: State,
    act: (&'static str, &'static str),
    changes: &Value,
) {
    let (action, event) = act;
    let id = payment.id.uuid();
    let mut entry = Entry::new("payment", id, action).changes(changes.clone());
    if to != payment.state {
        entry = entry.moved(payment.state.as_str(), to.as_str());
    }
    w.audit(entry);
    let data = json!({
        "payment": payment.id,
        "order": payment.order_id,
        "operation": changes.get("operation"),
    });
    w.emit(Event::new("payment", id, event, data));
}

/// A row that is locked cannot have changed since it was read.
fn held(moved: bool) -> Result<(), Fault> {
    if moved {
        Ok(())
    } else {
        Err(Fault::bug("a locked payment has changed"))
    }
}
