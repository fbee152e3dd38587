//! How many: a whole number from 1 to a million.

use serde::{Deserialize, Serialize};

/// The largest quantity one line may have.
pub const MAX: i64 = 1_000_000;

/// A number of pieces, 1 to [`MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Quantity(i64);

impl Quantity {
    /// The quantity, or nothing where `count` is out of bounds.
    pub fn new(count: i64) -> Option<Self> {
        (1..=MAX).contains(&count).then_some(Self(count))
    }

    /// The plain number.
    pub fn get(self) -> i64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_at_least_one_and_at_most_a_million() {
        for (count, held) in [
            (-1, false),
            (0, false),
            (1, true),
            (MAX, true),
            (MAX + 1, false),
        ] {
            assert_eq!(
                Quantity::new(count).map(Quantity::get),
                held.then_some(count)
            );
        }
    }
}
