//! Signing in and out, accounts and oneself in the graph.

mod account;
mod account_disable;
mod loaders;
mod me;
mod mutation;
mod query;
mod session_refresh;
mod sign_in;
mod sign_out;
mod signing_key_rotate;
mod staff_create;

pub use account::Account;
pub use mutation::AccessMutation;
pub use query::AccessQuery;
