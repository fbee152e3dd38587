//! The machine of products, by table.

use entity::products::State;

use super::{Facts, MACHINE, ON_SALE, is_on_sale};
use crate::kernel::error::{Code, Refusal};
use crate::kernel::permission::Role;

const READY: Facts = Facts {
    active_variants: 1,
    priced_channels: 1,
    open_reservations: 0,
};

#[test]
fn every_state_and_action_is_as_decided() {
    let expected: &[(State, &[(&str, State)])] = &[
        (
            State::Draft,
            &[
                ("submit", State::InReview),
                ("publish", State::Active),
                ("archive", State::Archived),
            ],
        ),
        (
            State::InReview,
            &[("reject", State::Draft), ("publish", State::Active)],
        ),
        (
            State::Active,
            &[
                ("suspend", State::Suspended),
                ("discontinue", State::Discontinued),
            ],
        ),
        (
            State::Suspended,
            &[
                ("resume", State::Active),
                ("discontinue", State::Discontinued),
                ("archive", State::Archived),
            ],
        ),
        (State::Discontinued, &[("archive", State::Archived)]),
        (State::Archived, &[("restore", State::Draft)]),
    ];
    assert_eq!(expected.len(), State::ALL.len());
    for (from, ways) in expected {
        for transition in MACHINE.transitions {
            let action = transition.action;
            let way = ways
                .iter()
                .find(|(name, _)| *name == action)
                .map(|(_, to)| *to);
            assert_eq!(
                MACHINE.step(*from, action, &READY).ok(),
                way,
                "{action} from {from}"
            );
        }
    }
}

#[test]
fn publishing_lists_all_that_blocks_it() {
    let refused = MACHINE
        .step(State::Draft, "publish", &Facts::default())
        .unwrap_err();
    let names: Vec<_> = refused
        .blocked_by
        .iter()
        .map(|block| block.guard.as_str())
        .collect();
    assert_eq!(names, ["activeVariant", "priced"]);
    assert_eq!(refused.refused().code, Code::GuardFailed);
}

#[test]
fn what_is_promised_is_not_archived() {
    let facts = Facts {
        open_reservations: 2,
        ..READY
    };
    let refused = MACHINE
        .step(State::Discontinued, "archive", &facts)
        .unwrap_err();
    assert_eq!(refused.blocked_by[0].guard, "nothingPromised");
}

#[test]
fn a_merchandiser_sees_what_blocks_and_a_shopper_sees_nothing() {
    let available = MACHINE.available(State::Draft, Role::Merchandiser, &Facts::default());
    let actions: Vec<_> = available
        .iter()
        .map(|one| (one.action, one.blocked_by.len()))
        .collect();
    assert_eq!(actions, [("submit", 1), ("publish", 2), ("archive", 0)]);
    assert!(
        MACHINE
            .available(State::Draft, Role::Shopper, &READY)
            .is_empty()
    );
}

#[test]
fn the_list_of_states_on_sale_is_the_rule() {
    for state in State::ALL {
        assert_eq!(ON_SALE.contains(state), is_on_sale(*state));
    }
}
