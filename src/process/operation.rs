//! The way of one request to a provider: claim, record that we are about to call, call, record the
//! answer. Where the outcome is not known we ask before we send again, so that nothing is done
//! twice.

use std::pin::Pin;

use entity::id::PaymentOperationId;
use entity::payment_operations::{Kind, Model as Operation, State};
use entity::processes::Model as Process;
use serde_json::json;

use super::{House, delta};
use crate::domain::order::commands::{PaymentSettled, SettlePayment};
use crate::domain::payment::commands::{SendOperation, Sent};
use crate::domain::payment::port::{Answer, FollowUp, Gateway, Known, Lookup};
use crate::domain::payment::steps;
use crate::domain::payment::store;
use crate::kernel::caller::Caller;
use crate::kernel::clock::Instant;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::money::Money;
use crate::write::lease::{Finish, Park};
use crate::write::processes::Lease;

type Answering<'a> = Pin<Box<dyn Future<Output = Answer> + Send + 'a>>;

/// How a request is made.
pub(super) type Ask = for<'a> fn(&'a dyn Gateway, Kind, &'a FollowUp) -> Answering<'a>;

const JOB: &str = "settle_payment";

/// Takes the request that is the process's subject as far as it goes now.
pub(super) async fn carry_out(house: &House, process: &Process, ask: Ask) -> Result<(), Stop> {
    let Some(lease) = house.claim(process, JOB).await? else {
        return Ok(());
    };
    let id = PaymentOperationId::from_uuid(process.subject);
    let operation = load(house, id).await?;
    let answer = match operation.state {
        State::Created => call(house, lease, &operation, ask).await?,
        State::Sent | State::Unknown => match look_up(house, &operation).await? {
            Known::Answered(answer) => Some(answer),
            Known::Never => call(house, lease, &operation, ask).await?,
        },
        State::Succeeded | State::Failed | State::ActionRequired => None,
    };
    match answer {
        Some(answer) => record(house, lease, process, id, answer).await,
        None => finish(house, lease).await,
    }
}

async fn load(house: &House, id: PaymentOperationId) -> Result<Operation, Fault> {
    let found = store::operations::by_id(&house.door.reader(), id).await?;
    found.ok_or_else(|| Fault::bug("a process about no operation"))
}

/// Records that we call, and calls. None: there is nothing to call for any more.
async fn call(
    house: &House,
    lease: Lease,
    operation: &Operation,
    ask: Ask,
) -> Result<Option<Answer>, Stop> {
    let send = SendOperation {
        lease,
        lasts: delta(house.times.lease),
        operation: operation.id,
    };
    let sent = house.door.execute(&Caller::system(JOB), None, send).await?;
    match sent.output {
        Sent::Call => {}
        Sent::Resolved | Sent::LeaseLost => return Ok(None),
    }
    let gateway = house.gateway(&operation.gateway)?;
    let request = follow_up(house, operation).await?;
    let answering = ask(gateway, operation.kind, &request);
    let answer = tokio::time::timeout(house.times.gateway, answering).await;
    Ok(Some(answer.unwrap_or(Answer::Unknown)))
}

async fn follow_up(house: &House, operation: &Operation) -> Result<FollowUp, Stop> {
    let read = house.door.reader();
    let operation = load(house, operation.id).await?;
    let all = store::operations::of_payments(&read, &[operation.payment_id]).await?;
    let authorized =
        |one: &&Operation| one.kind == Kind::Authorize && one.state == State::Succeeded;
    let authorization = all.iter().find(authorized);
    let authorization = authorization.and_then(|one| one.provider_ref.clone());
    Ok(FollowUp {
        provider_key: operation.provider_key.clone(),
        amount: amount(house, &operation).await?,
        authorization: authorization.unwrap_or_default(),
        token: operation.token.clone(),
        attempt: operation.attempt_no,
    })
}

async fn look_up(house: &House, operation: &Operation) -> Result<Known, Stop> {
    let question = Lookup {
        provider_key: operation.provider_key.clone(),
        kind: operation.kind,
        amount: amount(house, operation).await?,
        token: operation.token.clone(),
        response: steps::response(operation),
        attempt: operation.attempt_no,
    };
    let gateway = house.gateway(&operation.gateway)?;
    let answering = gateway.lookup(&question);
    let known = tokio::time::timeout(house.times.gateway, answering).await;
    Ok(known.unwrap_or(Known::Answered(Answer::Unknown)))
}

async fn amount(house: &House, operation: &Operation) -> Result<Money, Stop> {
    let payment = store::by_id(&house.door.reader(), operation.payment_id).await?;
    let payment = payment.ok_or_else(|| Fault::bug("an operation of no payment"))?;
    let corrupt = |_| Fault::Corrupt {
        table: "payments",
        column: "currency",
        id: payment.id.to_string(),
    };
    let currency = payment.currency.parse().map_err(corrupt)?;
    Ok(Money::new(operation.amount_minor, currency))
}

async fn record(
    house: &House,
    lease: Lease,
    process: &Process,
    operation: PaymentOperationId,
    answer: Answer,
) -> Result<(), Stop> {
    let next_check = house.next_check(process.attempts);
    let ends = matches!(answer, Answer::Succeeded { .. } | Answer::Declined { .. });
    let settle = SettlePayment {
        lease,
        operation,
        answer,
        next_check,
    };
    let done = house
        .door
        .execute(&Caller::system(JOB), None, settle)
        .await?;
    match done.output {
        PaymentSettled::Recorded | PaymentSettled::LeaseLost => Ok(()),
        PaymentSettled::NothingNew if ends => finish(house, lease).await,
        PaymentSettled::NothingNew => park(house, lease, next_check).await,
    }
}

async fn park(house: &House, lease: Lease, next: Instant) -> Result<(), Stop> {
    let park = Park {
        lease,
        point: "asked",
        next,
    };
    house.door.execute(&Caller::system(JOB), None, park).await?;
    Ok(())
}

async fn finish(house: &House, lease: Lease) -> Result<(), Stop> {
    let finish = Finish {
        lease,
        outcome: json!({ "operation": "resolved" }),
    };
    house
        .door
        .execute(&Caller::system(JOB), None, finish)
        .await?;
    Ok(())
}
