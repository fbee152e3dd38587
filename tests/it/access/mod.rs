//! Signing in and out, tokens, accounts.

mod accounts;
mod claim;
mod headers;
mod refresh;
mod sign_in;
mod tokens;
