//! Customers: their profile and their address book.
//!
//! A customer is the profile of an account of that kind, and has the same UUID. Everything here is
//! personal data; audit entries and events name rows and fields, never values.
//!
//! Invariants: every customer has an account and the other way round; an address book has at most
//! [`book::MAX`] addresses and, unless it is empty, one that is the default. Addresses count their
//! versions by themselves: a change of the book leaves the version of the profile as it is.
//!
//! Uses `access` (opening an account). Deliberately absent: signing in (`access`), what they buy
//! (`cart`, `order`), erasing personal data.
//!
//! To add a field: 1. a migration and the row; 2. `profile.rs` checks it; 3. the verbs that write
//! it; 4. `graphql/customer`.

pub mod book;
pub mod check;
pub mod commands;
pub mod profile;
pub mod refusal;
pub mod store;
