//! Samples of what processes do: payments, completions, leases, sweeps.

use chrono::TimeDelta;
use entity::id::PaymentOperationId;
use rialto::domain::cart::commands::{ChallengeAnswer, CompleteSend, SENT};
use rialto::domain::inventory::commands::InventorySweep;
use rialto::domain::order::commands::SettlePayment;
use rialto::domain::payment::commands::{Capture, ReceiveEvent, SendOperation};
use rialto::domain::payment::port::{Answer, Notice};
use rialto::gateway::sandbox;
use rialto::kernel::permission::Role;
use rialto::write::lease::{Claim, Finish, Park};
use rialto::write::processes::Lease;
use serde_json::json;

use super::sample::{Sample, staff};
use super::world::{World, settle, succeeded};

/// All of them.
pub async fn samples(world: &World) -> Vec<Sample> {
    let mut samples = completions(world).await;
    samples.extend(answers(world).await);
    samples.extend(operations(world).await);
    samples.extend(leases(world).await);
    samples
}

const LASTS: TimeDelta = TimeDelta::minutes(5);

fn challenge() -> Answer {
    Answer::ActionRequired {
        challenge: json!({ "kind": "redirect", "url": "https://bank.example" }),
        lifetime_s: 600,
    }
}

async fn completions(world: &World) -> Vec<Sample> {
    let system = staff(Role::System);
    let admin = staff(Role::Admin);
    let begun = world.begun_with(&admin, |_| ()).await;
    let mut samples = vec![Sample::of(&system, move || CompleteSend {
        order: begun.order,
        operation: begun.operation,
        lease: begun.lease,
        lasts: LASTS,
    })];
    let declined = Answer::Declined {
        code: "insufficient_funds".to_owned(),
    };
    for answer in [succeeded(), declined, challenge(), Answer::Unknown] {
        let pending = world.sent(&admin).await;
        let next_check = settle(world, pending, answer.clone()).next_check;
        let make = move || rialto::domain::cart::commands::CompleteSettle {
            cart: pending.cart,
            order: pending.order,
            operation: pending.operation,
            answer: answer.clone(),
            next_check,
            lease: pending.lease,
        };
        samples.push(Sample::of(&system, make));
    }
    world
        .begun_with(&admin, |command| command.hold = -LASTS)
        .await;
    samples.push(Sample::of(&system, || InventorySweep {}));
    samples
}

async fn answers(world: &World) -> Vec<Sample> {
    let customer = world.customer().await;
    let challenged = world.sent(&customer).await;
    world.settled(challenged, challenge()).await;
    let waiting = world.sent(&staff(Role::Admin)).await;
    world.settled(waiting, Answer::Unknown).await;
    let provider_key = world.operation(waiting.order).await.provider_key;
    vec![
        Sample::of(&customer, move || ChallengeAnswer {
            order: challenged.order,
            response: sandbox::CHALLENGE_PASSED.to_owned(),
            lease: LASTS,
        }),
        Sample::of(&staff(Role::System), move || ReceiveEvent {
            provider: sandbox::NAME.to_owned(),
            notice: Notice {
                event_id: "evt_walk".to_owned(),
                provider_key: provider_key.clone(),
                event_type: "authorization.succeeded".to_owned(),
            },
        }),
    ]
}

/// A capture that was asked for, and the right to carry it out.
async fn captured(world: &World) -> (PaymentOperationId, Lease) {
    let payment = world.payment(world.confirmed().await).await;
    let command = Capture {
        payment,
        amount: None,
        expected_version: None,
    };
    let operation = world.does(&staff(Role::Finance), command).await.operation;
    (operation, world.claimed(operation.uuid()).await)
}

async fn operations(world: &World) -> Vec<Sample> {
    let system = staff(Role::System);
    let payment = world.payment(world.confirmed().await).await;
    let (sent, sent_lease) = captured(world).await;
    let (settled, settled_lease) = captured(world).await;
    let send = |operation, lease| {
        move || SendOperation {
            lease,
            lasts: LASTS,
            operation,
        }
    };
    world.does(&system, send(settled, settled_lease)()).await;
    let next_check = world.shop.app.door.clock().real() + LASTS;
    vec![
        Sample::of(&staff(Role::Finance), move || Capture {
            payment,
            amount: None,
            expected_version: None,
        }),
        Sample::of(&system, send(sent, sent_lease)),
        Sample::of(&system, move || SettlePayment {
            lease: settled_lease,
            operation: settled,
            answer: succeeded(),
            next_check,
        }),
    ]
}

async fn leases(world: &World) -> Vec<Sample> {
    let system = staff(Role::System);
    let admin = staff(Role::Admin);
    let lapsed = world
        .begun_with(&admin, |command| command.lease = -LASTS)
        .await
        .lease;
    let parked = world.begun_with(&admin, |_| ()).await.lease;
    let finished = world.begun_with(&admin, |_| ()).await.lease;
    let next = world.shop.app.door.clock().real() + LASTS;
    vec![
        Sample::of(&system, move || Claim {
            process: lapsed.process,
            lasts: LASTS,
        }),
        Sample::of(&system, move || Park {
            lease: parked,
            point: SENT,
            next,
        }),
        Sample::of(&system, move || Finish {
            lease: finished,
            outcome: json!({ "stands": "walked" }),
        }),
    ]
}
