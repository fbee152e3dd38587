//! `key.ensure`: makes the first signing key, one that this installation's secret opens, or the next
//! one when the last has signed long enough.

use entity::id::SigningKeyId;
use serde::{Deserialize, Serialize};

use super::{change_keys, entropy};
use crate::domain::access::Access;
use crate::domain::access::keys::{self, Change, Entropy};
use crate::domain::access::store::keys as rows;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Write};

/// Makes sure that there is a key to sign with, and that it is not too old. Two nodes that start
/// at once on an empty table may both make one; then there are two, and both are good.
#[derive(Debug, Serialize)]
pub struct EnsureKey {
    /// The lifetimes.
    #[serde(skip)]
    pub access: Access,
}

/// The key that was made, if one was.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ensured {
    /// Its id.
    pub made: Option<SigningKeyId>,
}

impl Command for EnsureKey {
    const NAME: &'static str = "key.ensure";
    const PERMISSION: Permission = Permission::SystemJob;
    type Prepared = Entropy;
    type Output = Ensured;

    async fn prepare(&self, before: &Before) -> Result<Entropy, Stop> {
        Ok(entropy(before)?)
    }

    async fn run(&self, entropy: &Entropy, w: &mut Write) -> Result<Ensured, Stop> {
        rows::lock_live(w).await?;
        // Read again under the lock: another node may just have made one.
        let live = rows::live(w.read()).await?;
        let lifetimes = &self.access.settings.lifetimes;
        let opens = |kid: &str, sealed: &str| keys::open(w.secret_key(), kid, sealed).is_some();
        let newest = live
            .iter()
            .filter(|row| row.retire_at.is_none() && opens(&row.kid, &row.private_sealed))
            .map(|row| row.not_before)
            .max();
        let change = match newest {
            None => Change::at_once(w.real()),
            Some(since) if since + lifetimes.signing_key <= w.real() => {
                Change::planned(w.real(), lifetimes)
            }
            Some(_) => return Ok(Ensured { made: None }),
        };
        // Keys that another secret has sealed cannot sign here, but still check tokens that hold.
        let old: Vec<String> = match newest {
            None => Vec::new(),
            Some(_) => live.into_iter().map(|row| row.kid).collect(),
        };
        let id = change_keys(w, Self::NAME, entropy, &old, change).await?;
        Ok(Ensured { made: Some(id) })
    }
}
