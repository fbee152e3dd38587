//! The verbs of accounts, sessions and signing keys.

pub mod create_staff;
pub mod disable;
pub mod end_session;
pub mod ensure_key;
pub mod refresh_session;
pub mod rotate_key;
pub mod sign_in;

pub use create_staff::CreateStaff;
pub use disable::Disable;
pub use end_session::EndSession;
pub use ensure_key::EnsureKey;
pub use refresh_session::RefreshSession;
pub use rotate_key::RotateKey;
pub use sign_in::SignIn;

use entity::id::SigningKeyId;
use serde_json::json;

use super::keys::{self, Change, Entropy};
use super::store::keys as rows;
use crate::kernel::error::{Fault, Stop};
use crate::write::{Before, Entry, Event, Write};

/// Random bytes for a new signing key.
fn entropy(before: &Before) -> Result<Entropy, Fault> {
    Ok(Entropy {
        scalar: before.random()?,
        nonce: before.random()?,
    })
}

/// Makes a signing key and lets `old` ones, which are locked, end as the change says.
async fn change_keys(
    w: &mut Write,
    action: &'static str,
    entropy: &Entropy,
    old: &[String],
    change: Change,
) -> Result<SigningKeyId, Stop> {
    let id: SigningKeyId = w.id();
    let kid = id.to_string();
    let key = keys::make(w.secret_key(), &kid, entropy).ok_or(Stop::Stale)?;
    rows::retire_at(w, old, change.ends).await?;
    rows::put_away(w).await?;
    rows::publish(w, &kid, key, change.begins).await?;
    let names = json!({
        "kid": kid, "begins": change.begins, "replaces": old, "theseEnd": change.ends,
    });
    w.audit(Entry::new("signing_key", id.uuid(), action).changes(names.clone()));
    w.emit(Event::new(
        "signing_key",
        id.uuid(),
        "signing_key.created",
        names,
    ));
    Ok(id)
}
