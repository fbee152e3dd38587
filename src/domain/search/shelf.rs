//! What shoppers are told of stock: words instead of numbers.

use entity::stock_policies::Oversell;

use crate::domain::inventory::availability::Availability;

/// Few are left from here on down.
pub const FEW: i64 = 5;

/// How a variant stands on the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shelf {
    /// It cannot be bought now.
    Out,
    /// It can be bought, and is sent when it has come.
    Backorder,
    /// Few are left.
    Low,
    /// It can be bought.
    In,
}

/// How a variant with this availability stands on the shelf.
pub fn shelf(availability: Availability) -> Shelf {
    if !availability.tracked || availability.available > FEW {
        return Shelf::In;
    }
    match (availability.available > 0, availability.oversell) {
        (true, _) => Shelf::Low,
        (false, Oversell::Deny) => Shelf::Out,
        (false, Oversell::Backorder | Oversell::Preorder) => Shelf::Backorder,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_words() {
        let of = |tracked, oversell, available| {
            shelf(Availability {
                tracked,
                oversell,
                available,
            })
        };
        for (tracked, oversell, available, word) in [
            (false, Oversell::Deny, 0, Shelf::In),
            (true, Oversell::Deny, FEW + 1, Shelf::In),
            (true, Oversell::Deny, FEW, Shelf::Low),
            (true, Oversell::Deny, 1, Shelf::Low),
            (true, Oversell::Deny, 0, Shelf::Out),
            (true, Oversell::Backorder, 1, Shelf::Low),
            (true, Oversell::Backorder, 0, Shelf::Backorder),
            (true, Oversell::Preorder, 0, Shelf::Backorder),
        ] {
            assert_eq!(of(tracked, oversell, available), word);
        }
    }
}
