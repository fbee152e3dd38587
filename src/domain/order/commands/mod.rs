//! The verbs of orders, and those of payments from which an order's status follows.

mod cancel;
mod confirm;
mod hold;
mod mark_paid;
mod release;
mod settle_payment;

pub use cancel::{Cancel, OrderCancelled};
pub use confirm::{Confirm, OrderConfirmed};
pub use hold::{Hold, OrderHeld};
pub use mark_paid::{MarkPaid, PaymentMarkedPaid};
pub use release::{OrderReleased, Release};
pub use settle_payment::{PaymentSettled, SettlePayment};
