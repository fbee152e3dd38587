//! The verbs of payments that change nothing of an order.

mod capture;
mod receive_event;
mod send;

pub use capture::{Capture, CaptureRequested};
pub use receive_event::{EventReceived, ReceiveEvent};
pub use send::{SendOperation, Sent};
