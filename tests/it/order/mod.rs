//! Orders: who sees them, how they are called off, held and confirmed.

mod cancel;
mod confirm;
mod hold;
mod list;
mod read;
