//! Carts: what each verb does and refuses, who may see them, and what they cost.

mod claim;
mod create;
mod details;
mod lines;
mod read;
mod secret;
mod till;
