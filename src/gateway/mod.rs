//! Adapters behind the ports, and which adapter bears which name.
//!
//! An adapter talks to one provider and knows nothing of orders or rows. Deliberately absent:
//! deciding what to do about an answer, and waiting longer than the caller's deadline.
//!
//! To add a payment provider: 1. a file with its [`Gateway`]; 2. its name in [`Adapters::find`]; 3. a
//! setting that turns it on.

pub mod invoice;
pub mod sandbox;

use crate::domain::payment::port::{Gateway, Gateways};

use self::invoice::Invoice;
use self::sandbox::Sandbox;

/// The adapters that the settings turn on.
#[derive(Debug)]
pub struct Adapters {
    invoice: Invoice,
    sandbox: Option<Sandbox>,
}

impl Adapters {
    /// Invoices always; the sandbox where it is on.
    pub fn new(sandbox: Option<Sandbox>) -> Self {
        Self {
            invoice: Invoice,
            sandbox,
        }
    }
}

impl Gateways for Adapters {
    fn find(&self, name: &str) -> Option<&dyn Gateway> {
        match name {
            invoice::NAME => Some(&self.invoice),
            sandbox::NAME => self.sandbox.as_ref().map(|one| one as &dyn Gateway),
            _ => None,
        }
    }
}
