//! The rows of stock: locations, policies, levels, reservations and movements.
//!
//! Every statement that raises `committed` or lowers `on_hand` stands in `hot.rs`, with its guard.

pub mod hot;
pub mod levels;
pub mod locations;
pub mod movements;
pub mod policies;
pub mod reservations;

pub use levels::availability;
