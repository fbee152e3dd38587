//! Which orders can be cancelled, and how their money goes back.

use entity::id::PaymentOperationId;
use entity::payment_operations::Kind;
use entity::payments::Method;

use super::*;
use crate::domain::payment::standing::OpenOperation;

fn payment() -> PaymentId {
    PaymentId::from_uuid(uuid::Uuid::from_u128(1))
}

fn standing(state: PaymentState, open: Option<Kind>) -> Standing {
    let open = open.map(|kind| OpenOperation {
        operation: PaymentOperationId::from_uuid(uuid::Uuid::from_u128(2)),
        kind,
        amount: 100,
    });
    Standing {
        payments: vec![PaymentStanding {
            payment: payment(),
            method: Method::Card,
            state,
            amount: 100,
            authorized: 100,
            captured: 0,
            refunded: 0,
            open: open.into_iter().collect(),
        }],
    }
}

fn known(state: State, standing: Standing) -> CancelFacts {
    CancelFacts {
        state,
        facts: Facts {
            due: 100,
            wanted: 2,
            payment_under_way: standing.is_under_way(),
            ..Facts::default()
        },
        standing,
    }
}

/// How the table of all order states and payment states comes out: `-` refused by the state, `v`
/// voids, `r` refunds, `n` gives nothing back.
#[test]
fn every_state_of_order_and_payment_has_its_way_out() {
    let letter = |state, paid| match plan(&known(state, standing(paid, None))) {
        Err(refused) => {
            assert!(refused.blocked_by.is_empty(), "{refused:?}");
            '-'
        }
        Ok(plan) => {
            assert_eq!((plan.next_state, plan.release), (State::Cancelled, true));
            match (plan.void.as_slice(), plan.refund.as_slice()) {
                ([], []) => 'n',
                ([one], []) if *one == payment() => 'v',
                ([], [one]) if *one == payment() => 'r',
                _ => '?',
            }
        }
    };
    let row = |state: &State| {
        let cells = PaymentState::ALL.iter().map(|paid| letter(*state, *paid));
        format!("{:<16} {}", state.as_str(), cells.collect::<String>())
    };
    let table: Vec<_> = State::ALL.iter().map(row).collect();
    // created authorizing action_required unknown authorized partially_captured captured
    // partially_refunded refunded voided failed
    assert_eq!(
        table,
        [
            "pending_payment  vvvvvrrrnnn",
            "on_hold          vvvvvrrrnnn",
            "confirmed        vvvvvrrrnnn",
            "in_fulfillment   -----------",
            "completed        -----------",
            "cancelled        -----------",
            "payment_failed   -----------",
        ]
    );
}

#[test]
fn an_order_that_costs_nothing_gives_nothing_back() {
    let plan = plan(&known(State::Confirmed, Standing::default())).unwrap();
    assert!(plan.void.is_empty() && plan.refund.is_empty());
}

#[test]
fn the_first_refusal_that_holds_is_given() {
    let busy = standing(PaymentState::Unknown, Some(Kind::Authorize));
    let mut facts = known(State::Confirmed, busy);
    let blocks = |facts: &CancelFacts| -> Vec<String> {
        let refused = plan(facts).unwrap_err();
        refused
            .blocked_by
            .into_iter()
            .map(|block| block.guard)
            .collect()
    };
    assert_eq!(blocks(&facts), ["paymentSettled"]);
    facts.facts.fulfilled = 1;
    assert_eq!(blocks(&facts), ["nothingFulfilled", "paymentSettled"]);
    facts.state = State::InFulfillment;
    assert_eq!(blocks(&facts), Vec::<String>::new());
}
