//! The life of a cart: open, at the till, ordered.
//!
//! While it is checking out nobody but the completion moves it. Deliberately absent: abandoned,
//! merged and expired have no act behind them yet, so no transition leads there.

use entity::carts::State;

use crate::kernel::lifecycle::{self, Guard, Machine, Transition};
use crate::kernel::permission::Permission;

impl lifecycle::State for State {
    const ALL: &'static [Self] = State::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

/// What the guards look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// How many lines the cart has.
    pub lines: u64,
}

/// The machine of `carts.state`.
pub const MACHINE: Machine<State, Facts> = Machine {
    name: "cart",
    initial: State::Active,
    transitions: &[
        Transition {
            action: "beginCheckout",
            from: &[State::Active],
            to: State::CheckingOut,
            permission: Permission::CartOwn,
            required: &[
                "contact",
                "shippingAddress",
                "deliveryMethod",
                "expectedTotal",
            ],
            guards: &[Guard {
                name: "hasLines",
                doc: "The cart has at least one line.",
                check: has_lines,
            }],
            event: "cart.checkout_begun",
        },
        Transition {
            action: "revert",
            from: &[State::CheckingOut],
            to: State::Active,
            permission: Permission::SystemJob,
            required: &["reason"],
            guards: &[],
            event: "cart.reverted",
        },
        Transition {
            action: "complete",
            from: &[State::CheckingOut],
            to: State::Ordered,
            permission: Permission::SystemJob,
            required: &[],
            guards: &[],
            event: "cart.ordered",
        },
    ],
};

fn has_lines(facts: &Facts) -> Result<(), String> {
    if facts.lines == 0 {
        return Err("The cart is empty.".to_owned());
    }
    Ok(())
}

/// Whether the buyer may change what is in it.
pub const fn is_open(state: State) -> bool {
    match state {
        State::Active => true,
        State::CheckingOut | State::Ordered | State::Abandoned | State::Merged | State::Expired => {
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_table_moves_a_cart() {
        let allowed = [
            (State::Active, "beginCheckout", State::CheckingOut),
            (State::CheckingOut, "revert", State::Active),
            (State::CheckingOut, "complete", State::Ordered),
        ];
        for from in State::ALL {
            for action in ["beginCheckout", "revert", "complete", "abandon"] {
                let to = MACHINE.step(*from, action, &Facts { lines: 1 }).ok();
                let expected = allowed
                    .iter()
                    .find(|(state, name, _)| state == from && *name == action)
                    .map(|(_, _, to)| *to);
                assert_eq!(to, expected, "{action} from {from}");
            }
        }
    }

    #[test]
    fn an_empty_cart_cannot_be_checked_out() {
        let refused = MACHINE
            .step(State::Active, "beginCheckout", &Facts { lines: 0 })
            .unwrap_err();
        assert_eq!(refused.blocked_by[0].guard, "hasLines");
    }

    #[test]
    fn only_an_active_cart_is_open() {
        for state in State::ALL {
            assert_eq!(is_open(*state), *state == State::Active, "{state}");
        }
    }
}
