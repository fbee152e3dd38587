//! Races: many buyers at once. Each check is also tried on a naive way to do the same, which it must
//! find wanting: a check that cannot fail proves nothing.

mod naive;
mod once;
mod stock;
