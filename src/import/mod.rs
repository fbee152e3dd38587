//! Files from elsewhere, turned into commands: product catalogs as Shopify exports them.
//!
//! Reading is pure (`table`, `amount`, `shopify`): bytes in, products and problems out, never a
//! panic. What is bad is told with its line, what is good goes on. `plan` makes the plans that the
//! import verb of `pricing` carries out, and `run` hands them to the door. Deliberately absent:
//! SQL, and opinions about files that cannot be told from their text.

pub mod amount;
pub mod demo;
pub mod run;
pub mod shopify;
pub mod table;

use std::fmt;

/// Something in a file that could not be taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where its row begins, counted from 1.
    pub line: u64,
    /// What it costs.
    pub loss: Loss,
    /// Why, for the merchant.
    pub reason: String,
}

/// What a problem costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// The product is left out, with all its rows.
    Product,
    /// The row is left out.
    Row,
    /// The cell is left out, its row is taken.
    Cell,
    /// Nothing; but it may not be what was meant.
    Nothing,
}

impl Problem {
    /// A problem of the row that begins at `line`.
    pub fn new(line: u64, loss: Loss, reason: impl Into<String>) -> Self {
        Self {
            line,
            loss,
            reason: reason.into(),
        }
    }
}

impl Loss {
    /// Whether something of the file is missing in the shop.
    pub fn is_loss(self) -> bool {
        match self {
            Self::Product | Self::Row | Self::Cell => true,
            Self::Nothing => false,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.loss {
            Loss::Product => "product left out",
            Loss::Row => "row left out",
            Loss::Cell => "value left out",
            Loss::Nothing => "note",
        };
        write!(f, "line {}: {what}: {}", self.line, self.reason)
    }
}
