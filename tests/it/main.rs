//! Behavior seen from outside: GraphQL over HTTP, on both databases.
//!
//! Each test runs twice, once per engine (macro [`both!`]), on a database of its own. Folders
//! mirror `src/graphql`. Nothing is faked but ports, clock and randomness.

#![expect(
    clippy::disallowed_methods,
    reason = "tests read the environment and make ids"
)]
#![allow(
    clippy::assigning_clones,
    clippy::cast_possible_wrap,
    clippy::cloned_ref_to_slice_refs,
    clippy::default_trait_access,
    clippy::items_after_statements,
    clippy::too_many_lines,
    clippy::used_underscore_binding,
    unused_assignments,
    reason = "tests say plainly what they do"
)]

mod harness;

mod access;
mod answers;
mod budget;
mod cart;
mod catalog;
mod channel;
mod checkout;
mod cli;
mod crash;
mod customer;
mod documents;
mod examples;
mod foreign;
mod fulfillment;
mod http;
mod inventory;
mod manual;
mod order;
mod payment;
mod races;
mod roles;
mod sandbox;
mod scans;
mod shipping;
mod subscription;
mod tax;
mod walks;
