//! How much of a variant one can promise.
//!
//! A variant without a policy is tracked and denied beyond what there is. What may be sold beyond
//! is written on each level as its `backorder_limit` (0 or [`WITHOUT_END`]), so that one guarded
//! statement decides for both policies.

use entity::id::{LocationId, VariantId};
use entity::stock_policies::Oversell;
use serde::{Deserialize, Serialize};

/// The `backorder_limit` of a variant that may be sold beyond what there is: more than anybody
/// orders, and far from where sums would overflow.
pub const WITHOUT_END: i64 = 1_000_000_000_000;

/// How a variant is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Policy {
    /// Whether it is counted at all.
    pub tracked: bool,
    /// Whether one may sell more than there is.
    pub oversell: Oversell,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            tracked: true,
            oversell: Oversell::Deny,
        }
    }
}

impl Policy {
    /// The `backorder_limit` of its levels.
    pub fn backorder_limit(self) -> i64 {
        match self.oversell {
            Oversell::Deny => 0,
            Oversell::Backorder | Oversell::Preorder => WITHOUT_END,
        }
    }
}

/// How much of a variant can be promised, over all locations that serve orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Availability {
    /// Whether it is counted at all.
    pub tracked: bool,
    /// Whether one may sell more than there is.
    pub oversell: Oversell,
    /// Pieces that lie there and nobody has been promised; never below zero.
    pub available: i64,
}

impl Availability {
    /// Of a policy and the pieces that are free at each location (below zero where more is promised
    /// than lies there).
    pub fn new(policy: Policy, free: impl IntoIterator<Item = i64>) -> Self {
        let available = free.into_iter().map(|one| one.max(0)).sum();
        Self {
            tracked: policy.tracked,
            oversell: policy.oversell,
            available,
        }
    }

    /// Whether `quantity` pieces can be promised.
    pub fn covers(&self, quantity: i64) -> bool {
        let beyond = match self.oversell {
            Oversell::Deny => false,
            Oversell::Backorder | Oversell::Preorder => true,
        };
        !self.tracked || beyond || quantity <= self.available
    }
}

/// What one level can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The variant.
    pub variant: VariantId,
    /// The location.
    pub location: LocationId,
    /// Pieces that lie there free; below zero where more is promised than lies there.
    pub free: i64,
    /// Pieces that may be promised beyond.
    pub beyond: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_promised_depends_on_the_policy() {
        let policy = |tracked, oversell| Policy { tracked, oversell };
        for (policy, free, quantity, covered) in [
            (Policy::default(), vec![2, 1], 3, true),
            (Policy::default(), vec![2, 1], 4, false),
            (Policy::default(), vec![], 1, false),
            (Policy::default(), vec![5, -2], 5, true),
            (policy(false, Oversell::Deny), vec![], 1_000_000, true),
            (policy(true, Oversell::Backorder), vec![], 9, true),
            (policy(true, Oversell::Preorder), vec![0], 9, true),
        ] {
            let availability = Availability::new(policy, free.clone());
            assert_eq!(
                availability.covers(quantity),
                covered,
                "{policy:?} {free:?} {quantity}"
            );
            assert!(availability.available >= 0);
        }
    }
}
