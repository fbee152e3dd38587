//! What a payment begins as, and what is asked of its provider.

use entity::id::OrderId;
use entity::payment_operations::Kind;
use entity::payments::Method;

use super::refusal::Refusal;
use crate::kernel::money::Money;

/// The adapter of invoices, which has nobody to ask.
pub const INVOICE: &str = "invoice";

/// A payment to open. An order that costs nothing has none.
#[derive(Clone, Debug)]
pub struct NewPayment {
    /// For which order.
    pub order: OrderId,
    /// How it is paid.
    pub method: Method,
    /// Which adapter carries it out; [`INVOICE`] for an invoice.
    pub gateway: String,
    /// How much.
    pub amount: Money,
    /// The provider's token for the means of payment; empty for an invoice.
    pub token: String,
}

/// An operation to write down. Amount in minor units of the payment's currency.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// What is asked for.
    pub kind: Kind,
    /// How much.
    pub amount: i64,
    /// Which adapter carries it out.
    pub gateway: &'a str,
    /// The provider's token; empty where there is none.
    pub token: &'a str,
    /// Whether it needs nobody's answer.
    pub done: bool,
}

impl<'a> Draft<'a> {
    /// An operation that somebody has to answer.
    pub fn new(kind: Kind, amount: i64, gateway: &'a str, token: &'a str) -> Self {
        Self {
            kind,
            amount,
            gateway,
            token,
            done: false,
        }
    }
}

/// What of `left` is asked for: all of it where no amount is named.
pub fn portion(amount: Option<Money>, left: Money) -> Result<Money, Refusal> {
    let asked = amount.unwrap_or(left);
    if asked.currency != left.currency {
        return Err(Refusal::Currency {
            payment: left.currency.code().to_owned(),
        });
    }
    if asked.minor > left.minor || left.minor <= 0 {
        return Err(Refusal::Exceeds { left });
    }
    if asked.minor <= 0 {
        return Err(Refusal::NotPositive);
    }
    Ok(asked)
}
