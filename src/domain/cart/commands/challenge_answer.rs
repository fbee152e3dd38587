//! `payment.challenge_answer`: the buyer has met the challenge of a completion, and brings back
//! what the provider gave for it. Handing it in is the process's.

use chrono::TimeDelta;
use entity::id::{OrderId, ProcessId};
use entity::payment_operations::Kind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::complete::PROCESS;
use crate::domain::order::steps as order;
use crate::domain::payment::steps as payment;
use crate::kernel::error::{Code, Refused, Stop};
use crate::kernel::permission::Permission;
use crate::kernel::scope::Scope;
use crate::write::{Before, Command, KeyRule, NothingPrepared, Write, processes};

/// The recovery point from which on the answer may have been handed in.
pub const ANSWERED: &str = "answered";

/// What the buyer brought back.
#[derive(Debug, Serialize)]
pub struct ChallengeAnswer {
    /// The order that waits.
    pub order: OrderId,
    /// What the provider gave.
    pub response: String,
    /// How long whoever runs this may work on it before others take over.
    #[serde(skip)]
    pub lease: TimeDelta,
}

/// What was taken up again.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Resumed {
    /// The order.
    pub order: OrderId,
    /// What carries it on.
    pub process: ProcessId,
    /// The right to carry it on, for whoever took it up.
    pub token: Uuid,
}

impl Command for ChallengeAnswer {
    const NAME: &'static str = "payment.challenge_answer";
    const PERMISSION: Permission = Permission::OrderOwn;
    const KEY: KeyRule = KeyRule::Demanded;
    type Prepared = NothingPrepared;
    type Output = Resumed;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<Resumed, Stop> {
        let scope = Scope::orders(w.caller());
        let seen = order::find(w.read(), &scope, self.order).await?;
        seen.ok_or_else(|| Refused::not_found("input.orderId", "order"))?;
        let process = processes::of_order(w.read(), PROCESS, self.order).await?;
        let process = process.ok_or_else(waits_for_nothing)?;
        let lease = processes::claim(w, process.id, self.lease).await?;
        let lease = lease.ok_or_else(waits_for_nothing)?;
        order::lock(w, &scope, self.order, None).await?;
        let standing = payment::standing(w.read(), self.order).await?;
        let open = standing.payments.iter().flat_map(|payment| &payment.open);
        let operation = open.into_iter().find(|one| one.kind == Kind::Authorize);
        let operation = operation.ok_or_else(waits_for_nothing)?;
        if !payment::answer_challenge(w, operation.operation, &self.response).await? {
            return Err(waits_for_nothing().into());
        }
        processes::advance(w, lease, ANSWERED, self.lease).await?;
        Ok(Resumed {
            order: self.order,
            process: lease.process,
            token: lease.token,
        })
    }
}

fn waits_for_nothing() -> Refused {
    let message = "The order's payment does not wait for an answer of the buyer.";
    Refused::new(Code::GuardFailed, message).at("input.orderId")
}
