//! The verbs of carts.

mod address_set;
mod challenge_answer;
mod claim;
mod complete;
mod complete_send;
mod complete_settle;
mod contact_set;
mod create;
mod delivery_set;
mod lines_add;
mod lines_remove;
mod lines_update;

pub use address_set::CartAddressSet;
pub use challenge_answer::{ANSWERED, ChallengeAnswer, Resumed};
pub use claim::{CartClaim, CartClaimed};
pub use complete::{AUTHORIZE, Begun, CartComplete, PROCESS, PaymentChoice};
pub use complete_send::{CompleteSend, MayCall, SENT};
pub use complete_settle::{CHALLENGE, CompleteSettle, Stands, UNKNOWN};
pub use contact_set::CartContactSet;
pub use create::{CartCreate, CartCreated};
pub use delivery_set::{CartDeliverySet, MethodBy};
pub use lines_add::CartLinesAdd;
pub use lines_remove::CartLinesRemove;
pub use lines_update::CartLinesUpdate;

use entity::carts::Model;
use entity::id::CartId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::lines::{Change, Plan};
use super::refusal::Refusal;
use super::{steps, store};
use crate::kernel::error::{Refused, Stop};
use crate::write::Write;

/// The cart that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartChanged {
    /// Which.
    pub cart: CartId,
}

/// The cart whose lines were changed, and what was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLinesChanged {
    /// Which.
    pub cart: CartId,
    /// Entries of the request that were refused; the others are done.
    pub refused: Vec<Refused>,
}

/// Carries out a plan for the lines of a locked cart; if nothing of it can be done, all of it is
/// refused and nothing written.
async fn carry_out(
    w: &mut Write,
    cart: &Model,
    action: &'static str,
    asked: usize,
    plan: Plan,
) -> Result<CartLinesChanged, Stop> {
    if plan.refused.len() >= asked {
        return Err(plan.refused.into());
    }
    let (gone, kept): (Vec<Change>, Vec<Change>) =
        plan.changes.iter().partition(|change| change.to == 0);
    let gone: Vec<_> = gone.iter().filter_map(|change| change.line).collect();
    store::remove(w, cart.id, &gone).await?;
    store::put(w, cart.id, &kept).await?;
    touch(w, cart).await?;
    let what = json!({ "lines": differences(&plan.changes) });
    steps::record(w, cart.id, action, "cart.lines_changed", what);
    Ok(CartLinesChanged {
        cart: cart.id,
        refused: plan.refused,
    })
}

/// Counts the change of a locked cart.
async fn touch(w: &Write, cart: &Model) -> Result<(), Stop> {
    still(cart, store::touch(w, cart).await?)
}

/// Refuses where the locked cart was not what stands there.
fn still(cart: &Model, written: bool) -> Result<(), Stop> {
    if written {
        return Ok(());
    }
    Err(Refusal::Changed {
        current: cart.version + 1,
    }
    .into())
}

fn differences(changes: &[Change]) -> Vec<Value> {
    let difference = |change: &Change| {
        json!({
            "variant": change.variant.to_string(),
            "from": change.from,
            "to": change.to,
        })
    };
    changes.iter().map(difference).collect()
}
