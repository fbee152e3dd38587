//! Every state × action, and what an order that is not open blocks.

use entity::fulfillments::State;
use entity::orders::State as OrderState;

use super::*;
use crate::kernel::lifecycle::State as _;
use crate::kernel::permission::Role;

const OPEN: Facts = Facts {
    order: OrderState::InFulfillment,
};

#[test]
fn each_action_starts_in_its_states_only() {
    let allowed = [
        ("pack", State::Released, State::Packed),
        ("ship", State::Packed, State::Shipped),
        ("deliver", State::Shipped, State::Delivered),
        ("cancel", State::Released, State::Cancelled),
    ];
    for action in ["pack", "ship", "deliver", "cancel"] {
        for from in State::ALL {
            let wanted = allowed
                .iter()
                .find(|one| one.0 == action && one.1 == *from)
                .map(|one| one.2);
            let got = MACHINE.step(*from, action, &OPEN).ok();
            assert_eq!(got, wanted, "{action} from {}", from.name());
        }
    }
}

#[test]
fn nothing_moves_while_the_order_is_not_in_fulfillment() {
    for order in OrderState::ALL {
        let facts = Facts { order: *order };
        let step = MACHINE.step(State::Released, "pack", &facts);
        let open = *order == OrderState::InFulfillment;
        assert_eq!(step.is_ok(), open, "{}", order.as_str());
        if let Err(refused) = step {
            assert_eq!(refused.blocked_by[0].guard, "orderIsOpen");
        }
    }
}

#[test]
fn the_warehouse_sees_what_it_may_do_next_and_support_does_not() {
    let actions = |role| -> Vec<&str> {
        let available = MACHINE.available(State::Released, role, &OPEN);
        available.iter().map(|one| one.action).collect()
    };
    assert_eq!(actions(Role::Warehouse), ["pack", "cancel"]);
    assert_eq!(actions(Role::Support), [""; 0]);
}

#[test]
fn every_state_but_the_ones_to_come_is_reached_from_the_first() {
    let mut reached = vec![MACHINE.initial.name()];
    for _ in State::ALL {
        for rule in MACHINE.rules() {
            if reached.contains(&rule.from) && !reached.contains(&rule.to) {
                reached.push(rule.to);
            }
        }
    }
    reached.sort_unstable();
    let known = ["cancelled", "delivered", "packed", "released", "shipped"];
    assert_eq!(reached, known);
}
