//! What an act on a payment moves between which accounts: two entries that sum to zero.

/// Money set aside for us at the provider, or promised on an invoice.
pub const AUTHORIZED: &str = "authorized";
/// What the buyer has promised: the other side of [`AUTHORIZED`].
pub const PROMISED: &str = "promised";
/// Money the provider holds for us, or that an invoice brought.
pub const CLEARING: &str = "clearing";
/// What buyers have paid: the other side of [`CLEARING`].
pub const PAID: &str = "paid";

/// An act that moves money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// It was set aside.
    Authorize,
    /// It was given back untouched.
    Void,
    /// It was taken.
    Capture,
    /// It was paid back.
    Refund,
}

/// One side of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// The account.
    pub account: &'static str,
    /// Debit positive, credit negative, in minor units.
    pub amount_minor: i64,
}

/// Both sides of moving `amount` minor units.
pub fn sides(movement: Movement, amount: i64) -> [Side; 2] {
    let (debit, credit) = match movement {
        Movement::Authorize => (AUTHORIZED, PROMISED),
        Movement::Void => (PROMISED, AUTHORIZED),
        Movement::Capture => (CLEARING, PAID),
        Movement::Refund => (PAID, CLEARING),
    };
    let side = |account, amount_minor| Side {
        account,
        amount_minor,
    };
    [side(debit, amount), side(credit, -amount)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_sides_of_a_movement_sum_to_zero_and_undo_takes_both_back() {
        for (done, undone) in [
            (Movement::Authorize, Movement::Void),
            (Movement::Capture, Movement::Refund),
        ] {
            let mut balance = std::collections::BTreeMap::new();
            for side in sides(done, 500).into_iter().chain(sides(undone, 500)) {
                *balance.entry(side.account).or_insert(0) += side.amount_minor;
            }
            assert_eq!(balance.len(), 2);
            assert!(balance.values().all(|sum| *sum == 0));
            assert_eq!(
                sides(done, 7).iter().map(|s| s.amount_minor).sum::<i64>(),
                0
            );
        }
    }
}
