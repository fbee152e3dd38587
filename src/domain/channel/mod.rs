//! Channels: where the shop sells, in which currency, countries, languages and tax mode.
//!
//! Invariants: codes are unique; one channel is the default; a channel's currency never changes,
//! because carts, prices and orders carry it. Uses no other area.
//!
//! To add a verb: 1. a file in `commands/` with its input and `impl Command`; 2. its card in
//! `domain/registry.rs`; 3. its file in `graphql/channel/` and a line in `mutation.rs` there.

pub mod check;
pub mod commands;
pub mod refusal;
pub mod store;
