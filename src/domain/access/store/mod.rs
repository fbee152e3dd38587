//! The SQL of accounts, sessions and signing keys.
//!
//! Rows are locked in this order: account, then its sessions by id, then tokens; keys by id.

pub mod accounts;
pub(super) mod keys;
pub(super) mod sessions;
pub(super) mod tokens;
