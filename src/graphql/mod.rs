//! The graph: types refer to each other freely here, and nothing below sees them.
//!
//! [`Api`] is the way in; the schema type is private. Each area has a folder: `types.rs`,
//! `query.rs`, `mutation.rs` (one line per verb: a table of contents) and one file per verb with
//! its input, payload and conversions. Deliberately absent: SQL, rules, the gateway.
//!
//! To add a verb: 1. `graphql/<area>/<verb>.rs` with `Input`, `Payload` (macro `payload!`) and
//! `pub(super) async fn <verb>(ctx, input) -> Reply<Payload>`; 2. one line in `mutation.rs`, with
//! `guard = "gate::…"` and `visible = "see::…"` of its permission (`guard.rs`), or neither where it is
//! public; 3. `make schema`. A nullable field that can fail returns `Reply` (an
//! `Option<Result<…>>`), every element has a description, every child of a list has a loader.

#![expect(
    dead_code,
    reason = "`SimpleObject` makes a method of every field; the graph calls none"
)]
#![expect(clippy::unused_async, reason = "`Object` wants every resolver async")]

mod access;
mod address;
mod answers;
mod api;
mod buyer;
mod cart;
mod catalog;
mod channel;
mod checkout;
mod connection;
mod context;
mod customer;
mod documents;
mod error;
mod fulfillment;
mod guard;
mod input;
mod inventory;
mod loader;
mod money;
mod node;
mod order;
mod payload;
mod payment;
mod pricing;
mod recall;
mod roots;
mod sandbox;
mod scalar;
mod settings;
mod shipping;
mod subscribe;
mod suggest;
mod tally;
mod tax;
mod transition;
mod user_error;
mod view;

pub use answers::{Forms, Ticket};
pub use api::{Api, Ask, Limits, Operation, Outcome, Reached};
pub use documents::{Bounds, Trusted};
pub use error::AppError;
pub use recall::Place;
pub use settings::Settings;
pub use subscribe::{Renew, Renewed};
