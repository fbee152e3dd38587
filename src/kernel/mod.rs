//! Words that every room speaks. Pure: no I/O, no clock reading, no database.
//!
//! Owns money, quantities, rates, callers and what they may do, the form of a state machine,
//! pages, checked strings and the two kinds of "no" (a refusal and a fault).
//! Deliberately absent: any noun of commerce beyond these, and anything that can wait.

pub mod address;
pub mod caller;
pub mod card;
pub mod clock;
pub mod error;
pub mod finding;
pub mod lifecycle;
pub mod lifecycle_docs;
pub mod money;
pub mod page;
pub mod permission;
pub mod quantity;
pub mod rate;
pub mod scope;
pub mod secret;
pub mod text;
