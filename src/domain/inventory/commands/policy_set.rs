//! `stock.policy_set`: whether a variant is counted, and whether it may be sold beyond what there is.

use entity::id::VariantId;
use entity::stock_policies::Oversell;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::inventory::availability::Policy;
use crate::domain::inventory::refusal::Refusal;
use crate::domain::inventory::store::hot::Relimit;
use crate::domain::inventory::store::policies;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// The new policy; what is left out stays.
#[derive(Debug, Serialize)]
pub struct StockPolicySet {
    /// Of what.
    pub variant: VariantId,
    /// The version it was read at; 0 where it had none.
    pub expected_version: Option<i64>,
    /// Whether it is counted at all.
    pub tracked: Option<bool>,
    /// Whether one may sell more than there is.
    pub oversell: Option<Oversell>,
}

/// What has a new policy.
#[derive(Debug, Serialize, Deserialize)]
pub struct StockPolicyWasSet {
    /// The variant.
    pub variant: VariantId,
}

impl Command for StockPolicySet {
    const NAME: &'static str = "stock.policy_set";
    const PERMISSION: Permission = Permission::StockManage;
    type Prepared = NothingPrepared;
    type Output = StockPolicyWasSet;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<StockPolicyWasSet, Stop> {
        if policies::lock_variants(w, &[self.variant])
            .await?
            .is_empty()
        {
            return Err(Refusal::UnknownVariant.into());
        }
        let row = policies::rows(w.read(), &[self.variant]).await?;
        let row = row.get(&self.variant);
        let current = row.map_or(0, |row| row.version);
        if self.expected_version.is_some_and(|seen| seen != current) {
            return Err(Refusal::Stale { current }.into());
        }
        let before = row.map(policies::policy).unwrap_or_default();
        let policy = Policy {
            tracked: self.tracked.unwrap_or(before.tracked),
            oversell: self.oversell.unwrap_or(before.oversell),
        };
        policies::set(w, &[(self.variant, policy)]).await?;
        if policy.backorder_limit() != before.backorder_limit() {
            w.last(Relimit {
                variant: self.variant,
                backorder_limit: policy.backorder_limit(),
            });
        }
        let changes = json!({ "tracked": policy.tracked, "oversell": policy.oversell });
        let id = self.variant.uuid();
        w.audit(Entry::new("stock", id, Self::NAME).changes(changes.clone()));
        w.emit(Event::new("stock", id, "stock.policy_set", changes));
        Ok(StockPolicyWasSet {
            variant: self.variant,
        })
    }
}
