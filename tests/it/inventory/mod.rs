//! Stock.

mod levels;
mod locations;
mod promises;
