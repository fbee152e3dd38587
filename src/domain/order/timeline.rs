//! What of an order's history is for its buyer.

/// Acts that a buyer sees: what happened to the order, to its money, and to its parcels.
pub const PUBLIC: &[&str] = &[
    "order.place",
    "order.confirm",
    "order.cancel",
    "order.fail_payment",
    "order.start_fulfillment",
    "order.complete",
    "payment.authorize",
    "payment.decline",
    "payment.capture",
    "payment.void",
    "payment.refund",
    "payment.mark_paid",
    "fulfillment.ship",
    "fulfillment.deliver",
];

/// Who looks at a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// The buyer, or staff that may not read the audit: what is public.
    Buyer,
    /// Whoever may read the audit: all of it.
    Auditor,
}
