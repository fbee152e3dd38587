//! `transition_rules`: the rows that the database's triggers read, synced from the tables of the code.

use entity::transition_rules::{ActiveModel, Entity};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::{Deserialize, Serialize};

use super::command::{Before, Command, Evidence, NothingPrepared};
use super::session::Write;
use crate::db::Reader;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::lifecycle::Rule;
use crate::kernel::permission::Permission;

/// Makes the rows equal to the given rules.
#[derive(Debug, Serialize)]
pub struct SyncRules {
    #[serde(skip)]
    /// All rules of the code.
    pub rules: Vec<Rule>,
}

/// How many rules there are now.
#[derive(Debug, Serialize, Deserialize)]
pub struct Synced {
    /// Rows.
    pub rules: usize,
}

impl Command for SyncRules {
    const NAME: &'static str = "rules.sync";
    const PERMISSION: Permission = Permission::SystemJob;
    const EVIDENCE: Evidence = Evidence::Bookkeeping;
    type Prepared = NothingPrepared;
    type Output = Synced;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<Synced, Stop> {
        if !drift(w.read(), &self.rules).await? {
            return Ok(Synced {
                rules: self.rules.len(),
            });
        }
        Entity::delete_many().exec(w).await?;
        let rows = self.rules.iter().map(|rule| ActiveModel {
            machine: Set(rule.machine.to_owned()),
            from_state: Set(rule.from.to_owned()),
            action: Set(rule.action.to_owned()),
            to_state: Set(rule.to.to_owned()),
        });
        Entity::insert_many(rows).exec_without_returning(w).await?;
        Ok(Synced {
            rules: self.rules.len(),
        })
    }
}

/// Whether the rows differ from the rules of the code.
pub async fn drift(read: &Reader, rules: &[Rule]) -> Result<bool, Fault> {
    let rows = Entity::find().all(read).await?;
    let mut rows: Vec<[String; 4]> = rows
        .into_iter()
        .map(|row| [row.machine, row.from_state, row.action, row.to_state])
        .collect();
    let mut wanted: Vec<[String; 4]> = rules
        .iter()
        .map(|rule| [rule.machine, rule.from, rule.action, rule.to].map(str::to_owned))
        .collect();
    rows.sort();
    wanted.sort();
    Ok(rows != wanted)
}
