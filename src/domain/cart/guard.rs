//! Whether a cart may be changed now.

use entity::carts::State;

use super::refusal::Refusal;
use super::state;

/// Passes for an open cart that is still as the caller has seen it.
pub fn editable(state: State, version: i64, expected: Option<i64>) -> Result<(), Refusal> {
    if !state::is_open(state) {
        return Err(match state {
            State::Ordered => Refusal::Ordered(None),
            State::Active
            | State::CheckingOut
            | State::Abandoned
            | State::Merged
            | State::Expired => Refusal::NotOpen(state),
        });
    }
    match expected {
        Some(expected) if expected != version => Err(Refusal::Changed { current: version }),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_open_cart_of_the_expected_version_is_changed() {
        for (state, expected, outcome) in [
            (State::Active, None, Ok(())),
            (State::Active, Some(3), Ok(())),
            (State::Active, Some(2), Err(Refusal::Changed { current: 3 })),
            (
                State::CheckingOut,
                Some(2),
                Err(Refusal::NotOpen(State::CheckingOut)),
            ),
            (State::Ordered, Some(2), Err(Refusal::Ordered(None))),
            (State::Expired, None, Err(Refusal::NotOpen(State::Expired))),
        ] {
            assert_eq!(
                editable(state, 3, expected),
                outcome,
                "{state} {expected:?}"
            );
        }
    }
}
