//! Customers: signing up, profile, address book, and what staff sees of them.

mod addresses;
mod privacy;
mod profile;
mod sign_up;
