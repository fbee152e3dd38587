//! What the verbs of a cart have in common, and how a completion moves it.

use entity::carts::{Model, State};
use entity::id::CartId;
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::state::{Facts, MACHINE};
use super::{guard, store};
use crate::kernel::error::{Fault, Stop};
use crate::kernel::scope::Scope;
use crate::write::{Entry, Event, Write};

/// Locks a cart of the caller that may be changed now.
pub async fn open(w: &Write, cart: CartId, expected: Option<i64>) -> Result<Model, Stop> {
    let scope = Scope::carts(w.caller());
    let row = store::lock(w, &scope, cart).await?;
    let row = row.ok_or(Refusal::NotFound)?;
    match guard::editable(row.state, row.version, expected) {
        Ok(()) => Ok(row),
        Err(Refusal::Ordered(None)) => {
            Err(Refusal::Ordered(store::order_of(w.read(), cart).await?).into())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Records that the cart was changed by `action`: references and names of fields only.
pub fn record(w: &mut Write, cart: CartId, action: &'static str, event: &'static str, what: Value) {
    let entry = Entry::new("cart", cart.uuid(), action);
    tell(w, cart, entry, event, what);
}

/// Records that the cart was made.
pub fn record_begun(w: &mut Write, cart: CartId, action: &'static str, what: Value) {
    let entry = Entry::new("cart", cart.uuid(), action).begun(MACHINE.initial.as_str());
    tell(w, cart, entry, "cart.created", what);
}

fn tell(w: &mut Write, cart: CartId, entry: Entry, event: &'static str, what: Value) {
    w.audit(entry.changes(what.clone()));
    let mut data = json!({ "cart": cart.to_string() });
    if let (Some(data), Value::Object(what)) = (data.as_object_mut(), what) {
        data.extend(what);
    }
    w.emit(Event::new("cart", cart.uuid(), event, data));
}

/// Moves an open cart with so many lines, which is locked, to the till: from now on nobody changes
/// it but [`revert`] and [`complete`]. What is still missing is for `readiness` to say.
pub async fn begin_checkout(w: &mut Write, row: Model, lines: usize) -> Result<Model, Stop> {
    let cart = row.id;
    let facts = Facts {
        lines: lines as u64,
    };
    let to = MACHINE.step(row.state, "beginCheckout", &facts)?;
    if !store::move_state(w, cart, Some(row.version), row.state, to).await? {
        return Err(Refusal::Changed {
            current: row.version + 1,
        }
        .into());
    }
    moved(w, cart, "beginCheckout", (row.state, to), None);
    Ok(Model {
        state: to,
        version: row.version + 1,
        ..row
    })
}

/// Gives the cart back to its buyer, because its order did not come about.
pub async fn revert(w: &mut Write, cart: CartId, reason: &str) -> Result<(), Stop> {
    leave_checkout(w, cart, "revert", Some(reason)).await
}

/// Closes the cart: its order stands.
pub async fn complete(w: &mut Write, cart: CartId) -> Result<(), Stop> {
    leave_checkout(w, cart, "complete", None).await
}

async fn leave_checkout(
    w: &mut Write,
    cart: CartId,
    action: &'static str,
    reason: Option<&str>,
) -> Result<(), Stop> {
    let from = State::CheckingOut;
    let to = MACHINE.step(from, action, &Facts::default())?;
    if !store::move_state(w, cart, None, from, to).await? {
        let row = store::lock(w, &Scope::All, cart).await?;
        let row = row.ok_or(Refusal::NotFound)?;
        MACHINE.step(row.state, action, &Facts::default())?;
        return Err(Fault::bug("a cart at the till was not moved").into());
    }
    moved(w, cart, action, (from, to), reason);
    Ok(())
}

fn moved(
    w: &mut Write,
    cart: CartId,
    action: &'static str,
    (from, to): (State, State),
    reason: Option<&str>,
) {
    let mut entry = Entry::new("cart", cart.uuid(), verb(action)).moved(from.as_str(), to.as_str());
    if let Some(reason) = reason {
        entry = entry.because(reason);
    }
    w.audit(entry);
    let data = json!({ "cart": cart.to_string() });
    w.emit(Event::new("cart", cart.uuid(), MACHINE.event(action), data));
}

fn verb(action: &str) -> &'static str {
    match action {
        "beginCheckout" => "cart.begin_checkout",
        "revert" => "cart.revert",
        _ => "cart.complete",
    }
}
