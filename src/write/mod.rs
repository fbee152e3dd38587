//! The one door for writes: every mutation, job and inbound message goes through [`Door::execute`].
//!
//! In this order: may → prepare → begin → once → run → evidence → hot rows → commit. [`Write`] has
//! a private constructor, and every function that writes asks for one, so there is no second way.
//! The door knows no verb. Deliberately absent: calls to anything outside the database.
//!
//! A new verb implements [`Command`] in its area and stands in `domain/registry.rs`.

mod audit;
mod bulk;
mod chain;
pub mod check;
mod command;
mod execute;
mod feed;
mod generations;
mod hot;
mod idempotency;
pub mod lease;
mod once;
mod outbox;
pub mod processes;
pub mod registry;
mod retry;
pub mod rules;
mod session;
pub mod wall;

pub use audit::Entry;
pub use bulk::insert_all;
pub use chain::{Link, verify};
pub use command::{Before, Command, Evidence, KeyRule, NothingPrepared};
pub use execute::{Done, Door, DryRun};
pub use feed::{Committed, Feed, Lagged, Listener, Relay, Watch};
pub use generations::{Generations, Rests, Table};
pub use hot::{Applied, Hot};
pub use idempotency::Key;
pub use outbox::Event;
pub use session::Write;
pub use wall::ClockAdvance;
