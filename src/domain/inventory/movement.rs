//! Movements of stock: double entry. Quantity leaves one account and enters another.

use entity::id::{LocationId, VariantId};
use serde::{Deserialize, Serialize};

/// Where pieces are, in the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// They came from a supplier.
    Supplier,
    /// They lie there, free to promise.
    Sellable,
    /// They lie there (or are owed), promised to an order.
    Committed,
    /// They went to a customer.
    Customer,
    /// They were found or are gone.
    Adjustment,
}

impl Account {
    /// The name in the books.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Supplier => "supplier",
            Self::Sellable => "sellable",
            Self::Committed => "committed",
            Self::Customer => "customer",
            Self::Adjustment => "adjustment",
        }
    }
}

/// One line of the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    /// What moved.
    pub variant: VariantId,
    /// Where.
    pub location: LocationId,
    /// The account it left.
    pub from: Account,
    /// The account it entered.
    pub to: Account,
    /// Pieces.
    pub quantity: i64,
}

impl Movement {
    /// A change of what lies there by `delta`: from `other`, or to it.
    pub fn change(variant: VariantId, location: LocationId, delta: i64, other: Account) -> Self {
        let (from, to) = if delta > 0 {
            (other, Account::Sellable)
        } else {
            (Account::Sellable, other)
        };
        Self {
            variant,
            location,
            from,
            to,
            quantity: delta.abs(),
        }
    }
}

/// Why somebody changes what lies at a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A delivery of a supplier.
    Received,
    /// Broken or spoiled.
    Damaged,
    /// Not where it should be.
    Lost,
    /// Where nobody had expected it.
    Found,
    /// The figure was wrong.
    Correction,
}

impl Reason {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Received,
        Self::Damaged,
        Self::Lost,
        Self::Found,
        Self::Correction,
    ];

    /// The code in the books.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Damaged => "damaged",
            Self::Lost => "lost",
            Self::Found => "found",
            Self::Correction => "correction",
        }
    }

    /// The account on the other side.
    pub const fn account(self) -> Account {
        match self {
            Self::Received => Account::Supplier,
            Self::Damaged | Self::Lost | Self::Found | Self::Correction => Account::Adjustment,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_comes_enters_sellable_and_what_goes_leaves_it() {
        let variant = VariantId::from_uuid(Uuid::nil());
        let location = LocationId::from_uuid(Uuid::nil());
        for (reason, delta, from, to) in [
            (Reason::Received, 3, Account::Supplier, Account::Sellable),
            (Reason::Found, 1, Account::Adjustment, Account::Sellable),
            (Reason::Damaged, -2, Account::Sellable, Account::Adjustment),
        ] {
            let moved = Movement::change(variant, location, delta, reason.account());
            assert_eq!(
                (moved.from, moved.to, moved.quantity),
                (from, to, delta.abs())
            );
        }
    }
}
