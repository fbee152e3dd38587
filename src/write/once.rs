//! A retried write happens once: the key's row is inserted first, in the verb's own transaction.
//!
//! A second caller waits in that insert until the first has committed, then gets the stored
//! output. A key is bound only if something was committed.

use chrono::TimeDelta;
use entity::idempotency_keys::{ActiveModel, Column, Entity};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use super::command::KeyRule;
use super::session::Write;
use crate::kernel::error::{Code, Fault, Refused, Stop};

/// The row a key is bound in.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub actor: String,
    pub key: String,
    pub command: &'static str,
    pub fingerprint: String,
    pub rule: KeyRule,
}

/// How long a key is remembered: 7 days where money or stock moved, else a day.
fn lifetime(rule: KeyRule) -> TimeDelta {
    match rule {
        KeyRule::Demanded => TimeDelta::days(7),
        KeyRule::Optional | KeyRule::Ignored => TimeDelta::days(1),
    }
}

/// Binds the key, or gives what the first request with it answered.
pub(super) async fn bind(w: &Write, binding: &Binding) -> Result<Option<Value>, Stop> {
    let row = ActiveModel {
        actor: Set(binding.actor.clone()),
        key: Set(binding.key.clone()),
        command: Set(binding.command.to_owned()),
        fingerprint: Set(binding.fingerprint.clone()),
        outcome: Set(None),
        request_id: Set(Some(w.caller().request_id.clone())),
        created_at: Set(w.real()),
        expires_at: Set(w.real() + lifetime(binding.rule)),
    };
    let fresh = OnConflict::columns([Column::Actor, Column::Key, Column::Command])
        .update_columns([
            Column::Fingerprint,
            Column::Outcome,
            Column::RequestId,
            Column::CreatedAt,
            Column::ExpiresAt,
        ])
        .action_and_where(Expr::col((Entity, Column::ExpiresAt)).lt(w.real()))
        .to_owned();
    let inserted = Entity::insert(row)
        .on_conflict(fresh)
        .exec_without_returning(w)
        .await;
    match inserted {
        Ok(rows) if rows > 0 => {
            w.forget_writes();
            Ok(None)
        }
        Ok(_) => replay(w, binding).await.map(Some),
        Err(error) => match Fault::from(error) {
            Fault::Busy => Err(in_progress().into()),
            fault => Err(fault.into()),
        },
    }
}

/// Keeps the verb's output under the key.
pub(super) async fn keep(w: &Write, binding: &Binding, output: &Value) -> Result<(), Fault> {
    let done = Entity::update_many()
        .col_expr(Column::Outcome, Expr::value(output.clone()))
        .filter(Column::Actor.eq(&binding.actor))
        .filter(Column::Key.eq(&binding.key))
        .filter(Column::Command.eq(binding.command))
        .exec(w)
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(Fault::bug("a bound key has no row"))
    }
}

async fn replay(w: &Write, binding: &Binding) -> Result<Value, Stop> {
    let id = (
        binding.actor.clone(),
        binding.key.clone(),
        binding.command.to_owned(),
    );
    let row = Entity::find_by_id(id).one(w.read()).await?;
    let row = row.ok_or_else(in_progress)?;
    if row.fingerprint != binding.fingerprint {
        let message = "This key was used with another input; take a new one.";
        let refused = Refused::new(Code::IdempotencyKeyReused, message);
        return Err(refused.at("input.idempotencyKey").into());
    }
    row.outcome.ok_or_else(|| in_progress().into())
}

fn in_progress() -> Refused {
    let message = "A request with this key is still running; try again in a moment.";
    Refused::new(Code::IdempotencyInProgress, message).at("input.idempotencyKey")
}
