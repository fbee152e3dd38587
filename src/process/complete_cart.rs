//! `complete_cart`: from the till to a confirmed order, in phases A, B and C.
//!
//! A (`cart.complete`) wrote the order down and held its stock. B notes that the provider is about
//! to be asked, then asks with the operation's id as key, so that asking again after a crash is
//! the same request. C (`cart.complete_settle`) records the answer with all that follows. Whoever
//! holds the lease takes the next step; where the outcome is not known it is asked for later, and
//! no other provider is tried meanwhile.

use std::sync::Arc;
use std::time::Duration;

use entity::id::{CartId, OrderId, PaymentOperationId, ProcessId};
use entity::orders::{Model as Order, State};
use entity::payment_operations::{Kind, Model as Operation};
use entity::processes::Model;
use uuid::Uuid;

use super::{House, Times, delta};
use crate::db::Reader;
use crate::domain::cart::commands::{
    ANSWERED, CHALLENGE, CompleteSend, CompleteSettle, PROCESS, Stands, UNKNOWN,
};
use crate::domain::payment::port::{
    Answer, AuthorizeRequest, ChallengeRequest, Gateway, Gateways, Known, Lookup,
};
use crate::domain::payment::steps as payment;
use crate::kernel::caller::Caller;
use crate::kernel::clock::Instant;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::money::Money;
use crate::write::Door;
use crate::write::lease::Park;
use crate::write::processes::{self, Lease};

/// Carries completions on.
#[derive(Clone)]
pub struct CompleteCart {
    /// The way to write.
    pub door: Door,
    /// The providers.
    pub gateways: Arc<dyn Gateways>,
    /// How long its parts take at most.
    pub times: Times,
}

/// What has to be known to take the next step.
struct Facts {
    process: Model,
    cart: CartId,
    order: OrderId,
    operation: PaymentOperationId,
    gateway: String,
    provider_key: String,
    amount: Money,
    token: String,
    response: Option<String>,
    sent_at: Option<Instant>,
    challenge_until: Option<Instant>,
    attempt: i64,
}

/// The kind of its row.
pub const KIND: &str = PROCESS;

/// Takes an abandoned or waiting completion as far as it goes now.
pub async fn resume(house: &House, process: &Model) -> Result<(), Stop> {
    if let Some(lease) = house.claim(process, PROCESS).await? {
        CompleteCart::of(house).drive(lease).await?;
    }
    Ok(())
}

impl CompleteCart {
    /// With what every process works with.
    pub fn of(house: &House) -> Self {
        Self {
            door: house.door.clone(),
            gateways: house.gateways.clone(),
            times: house.times,
        }
    }

    /// Takes the steps that can be taken now. Nothing happens where the lease is lost.
    pub async fn drive(&self, lease: Lease) -> Result<Option<Stands>, Fault> {
        let Some(facts) = self.facts(lease).await? else {
            return Ok(None);
        };
        let Some(gateway) = self.gateways.find(&facts.gateway) else {
            return Err(Fault::bug(format!(
                "no payment gateway is called {}",
                facts.gateway
            )));
        };
        let answer = match facts.process.recovery_point.as_str() {
            UNKNOWN => self.look_up(gateway, &facts).await,
            CHALLENGE => match self.after_challenge(gateway, &facts).await {
                Some(answer) => answer,
                None => return self.put_back(lease, &facts).await.map(Some),
            },
            ANSWERED => self.hand_in(gateway, &facts).await,
            _ => match self.send(lease, &facts).await? {
                true => self.authorize(gateway, &facts).await,
                false => return Ok(None),
            },
        };
        self.settle(lease, &facts, answer).await.map(Some)
    }

    /// Carries the process on as far as it goes, and waits for it, but not for ever. Only whoever was
    /// given the lease carries it on; everybody else waits.
    pub async fn carry_on(&self, process: ProcessId, lease: Option<Uuid>) -> Result<(), Fault> {
        let give_up = tokio::time::Instant::now() + self.times.patience;
        if let Some(token) = lease {
            let driver = self.clone();
            // On a task of its own: a client that leaves cancels the waiting, not the work.
            let driving = tokio::spawn(async move {
                let driven = driver.drive(Lease { process, token }).await;
                driven.inspect_err(|fault| {
                    tracing::warn!(?fault, %process, "a checkout was left to the completer");
                })
            });
            let driven = tokio::time::timeout_at(give_up, driving).await;
            let stands = driven.ok().and_then(|joined| joined.ok()?.ok()?);
            if stands.is_some_and(|stands| stands != Stands::LeaseLost) {
                return Ok(());
            }
        }
        self.wait(process, give_up).await.map(|_| ())
    }

    /// Waits until the process has ended or waits for somebody, but not for ever.
    async fn wait(
        &self,
        process: ProcessId,
        give_up: tokio::time::Instant,
    ) -> Result<Option<Model>, Fault> {
        let read = self.door.reader();
        let mut pause = Duration::from_millis(5);
        loop {
            let row = processes::find(&read, process).await?;
            let running = row
                .as_ref()
                .is_some_and(|row| row.state == entity::processes::State::Running);
            if !running || tokio::time::Instant::now() >= give_up {
                return Ok(row);
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(200));
        }
    }

    /// Phase B: notes that the provider is about to be asked.
    async fn send(&self, lease: Lease, facts: &Facts) -> Result<bool, Fault> {
        let send = CompleteSend {
            order: facts.order,
            operation: facts.operation,
            lease,
            lasts: delta(self.times.lease),
        };
        match self
            .door
            .execute(&Caller::system(PROCESS), None, send)
            .await
        {
            Ok(done) => Ok(done.output.go),
            Err(Stop::Refused(_)) => Ok(false),
            Err(Stop::Stale) => Err(Fault::Busy),
            Err(Stop::Fault(fault)) => Err(fault),
        }
    }

    /// Phase C: records the answer.
    async fn settle(&self, lease: Lease, facts: &Facts, answer: Answer) -> Result<Stands, Fault> {
        let real = self.door.clock().real();
        let settle = CompleteSettle {
            cart: facts.cart,
            order: facts.order,
            operation: facts.operation,
            answer,
            next_check: real + self.times.again_after(facts.process.attempts),
            lease,
        };
        match self
            .door
            .execute(&Caller::system(PROCESS), None, settle)
            .await
        {
            Ok(done) => Ok(done.output),
            Err(Stop::Fault(fault)) => Err(fault),
            Err(stop) => Err(Fault::bug(format!(
                "a completion cannot be settled: {stop:?}"
            ))),
        }
    }

    async fn authorize(&self, gateway: &dyn Gateway, facts: &Facts) -> Answer {
        let request = AuthorizeRequest {
            provider_key: facts.provider_key.clone(),
            amount: facts.amount,
            token: facts.token.clone(),
        };
        self.in_time(gateway.authorize(&request))
            .await
            .unwrap_or(Answer::Unknown)
    }

    async fn hand_in(&self, gateway: &dyn Gateway, facts: &Facts) -> Answer {
        let request = ChallengeRequest {
            provider_key: facts.provider_key.clone(),
            amount: facts.amount,
            token: facts.token.clone(),
            response: facts.response.clone().unwrap_or_default(),
        };
        self.in_time(gateway.complete_challenge(&request))
            .await
            .unwrap_or(Answer::Unknown)
    }

    /// Asks what became of a request. One that the provider never heard of has failed, once there
    /// was time enough for it to arrive.
    async fn look_up(&self, gateway: &dyn Gateway, facts: &Facts) -> Answer {
        match self.in_time(gateway.lookup(&facts.lookup())).await {
            Some(Known::Answered(answer)) => answer,
            Some(Known::Never) if self.is_past_horizon(facts) => Answer::Declined {
                code: "not_processed".to_owned(),
            },
            Some(Known::Never) | None => Answer::Unknown,
        }
    }

    /// What the provider knows of a challenge by now. None: the buyer still has time. When that is
    /// over and nothing is known, it has failed.
    async fn after_challenge(&self, gateway: &dyn Gateway, facts: &Facts) -> Option<Answer> {
        let real = self.door.clock().real();
        let is_over = facts.challenge_until.is_none_or(|until| real >= until);
        match self.in_time(gateway.lookup(&facts.lookup())).await {
            Some(Known::Answered(Answer::ActionRequired { .. }) | Known::Never) => {
                is_over.then(|| Answer::Declined {
                    code: "challenge_expired".to_owned(),
                })
            }
            Some(Known::Answered(answer)) => Some(answer),
            None => is_over.then_some(Answer::Unknown),
        }
    }

    /// Leaves the challenge to the buyer: somebody has only looked.
    async fn put_back(&self, lease: Lease, facts: &Facts) -> Result<Stands, Fault> {
        let real = self.door.clock().real();
        let park = Park {
            lease,
            point: CHALLENGE,
            next: facts.challenge_until.unwrap_or(real),
        };
        match self
            .door
            .execute(&Caller::system(PROCESS), None, park)
            .await
        {
            Ok(_) => Ok(Stands::ActionRequired),
            Err(Stop::Fault(fault)) => Err(fault),
            Err(stop) => Err(Fault::bug(format!(
                "a completion cannot be put back: {stop:?}"
            ))),
        }
    }

    fn is_past_horizon(&self, facts: &Facts) -> bool {
        let real = self.door.clock().real();
        facts
            .sent_at
            .is_none_or(|sent| real >= sent + delta(self.times.horizon))
    }

    async fn in_time<T>(&self, call: impl Future<Output = T>) -> Option<T> {
        tokio::time::timeout(self.times.gateway, call).await.ok()
    }

    async fn facts(&self, lease: Lease) -> Result<Option<Facts>, Fault> {
        let read = self.door.reader();
        let process = processes::find(&read, lease.process).await?;
        let Some(process) = process.filter(|row| row.lock_token == Some(lease.token)) else {
            return Ok(None);
        };
        let order = process
            .order_id
            .ok_or_else(|| Fault::bug("a completion has no order"))?;
        let operations = payment::operations_of(&read, order).await?;
        let authorization = operations
            .into_iter()
            .find(|(_, one)| one.kind == Kind::Authorize);
        let (paid, operation) =
            authorization.ok_or_else(|| Fault::bug("a completion has no authorization"))?;
        let corrupt = |_| Fault::Corrupt {
            table: "payments",
            column: "currency",
            id: paid.id.to_string(),
        };
        Ok(Some(Facts {
            cart: CartId::from_uuid(process.subject),
            process,
            order,
            operation: operation.id,
            amount: Money::new(
                operation.amount_minor,
                paid.currency.parse().map_err(corrupt)?,
            ),
            response: payment::response(&operation),
            gateway: operation.gateway,
            provider_key: operation.provider_key,
            token: operation.token,
            sent_at: operation.sent_at,
            challenge_until: operation.next_check_at,
            attempt: operation.attempt_no,
        }))
    }
}

impl Facts {
    fn lookup(&self) -> Lookup {
        Lookup {
            provider_key: self.provider_key.clone(),
            kind: Kind::Authorize,
            amount: self.amount,
            token: self.token.clone(),
            response: self.response.clone(),
            attempt: self.attempt,
        }
    }
}

/// How the checkout of an order stands: read live, so that a replay shows how it ended.
#[derive(Default)]
pub struct Progress {
    /// What was asked of the provider; none where nobody had to be asked, or it was and all is well.
    pub asked: Option<Operation>,
    /// Until when the process waits.
    pub waits_until: Option<Instant>,
}

/// How the checkout of an order stands that is in this state.
pub async fn progress(read: &Reader, order: &Order) -> Result<Progress, Fault> {
    if !matches!(order.state, State::PendingPayment | State::PaymentFailed) {
        return Ok(Progress::default());
    }
    let operations = payment::operations_of(read, order.id).await?;
    let asked = operations
        .into_iter()
        .map(|(_, one)| one)
        .find(|one| one.kind == Kind::Authorize);
    let process = processes::of_order(read, PROCESS, order.id).await?;
    Ok(Progress {
        asked,
        waits_until: process.and_then(|one| one.next_check_at),
    })
}
