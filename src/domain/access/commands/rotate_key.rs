//! `key.rotate`: a new signing key, and the end of those there are.

use entity::id::SigningKeyId;
use serde::{Deserialize, Serialize};

use super::{change_keys, entropy};
use crate::domain::access::Access;
use crate::domain::access::keys::{Change, Entropy};
use crate::domain::access::store::keys as rows;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Write};

/// Rotates the signing keys.
#[derive(Debug, Serialize)]
pub struct RotateKey {
    /// Whether a private key may be known to others: then the old ones stop to count now (on other
    /// nodes within a minute), and everybody refreshes their access token.
    pub compromised: bool,
    /// The lifetimes.
    #[serde(skip)]
    pub access: Access,
}

/// The new key.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rotated {
    /// Its id.
    pub key: SigningKeyId,
}

impl Command for RotateKey {
    const NAME: &'static str = "key.rotate";
    const PERMISSION: Permission = Permission::KeyManage;
    type Prepared = Entropy;
    type Output = Rotated;

    async fn prepare(&self, before: &Before) -> Result<Entropy, Stop> {
        Ok(entropy(before)?)
    }

    async fn run(&self, entropy: &Entropy, w: &mut Write) -> Result<Rotated, Stop> {
        let live = rows::lock_live(w).await?;
        let old: Vec<String> = live.into_iter().map(|row| row.kid).collect();
        let change = if self.compromised {
            Change::at_once(w.real())
        } else {
            Change::planned(w.real(), &self.access.settings.lifetimes)
        };
        let key = change_keys(w, Self::NAME, entropy, &old, change).await?;
        Ok(Rotated { key })
    }
}
