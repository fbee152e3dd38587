//! How the payments of an order stand: what is authorized, taken, paid back, and still under way.

use entity::id::{PaymentId, PaymentOperationId};
use entity::payment_operations::{Kind, State as OperationState};
use entity::payments::{Method, State};

use super::state::Facts;

/// All payments of one order, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Each of them.
    pub payments: Vec<PaymentStanding>,
}

/// One payment with its operations that are not resolved. Amounts in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentStanding {
    /// Which payment.
    pub payment: PaymentId,
    /// How it is paid.
    pub method: Method,
    /// Where it is in its life.
    pub state: State,
    /// What was asked for.
    pub amount: i64,
    /// Of that, authorized.
    pub authorized: i64,
    /// Of that, captured.
    pub captured: i64,
    /// Of that, refunded.
    pub refunded: i64,
    /// Operations without an outcome yet.
    pub open: Vec<OpenOperation>,
}

/// An operation without an outcome yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenOperation {
    /// Which operation.
    pub operation: PaymentOperationId,
    /// What it asks for.
    pub kind: Kind,
    /// How much.
    pub amount: i64,
}

/// Whether an operation in this state still waits for its outcome.
pub fn is_open(state: OperationState) -> bool {
    match state {
        OperationState::Created
        | OperationState::Sent
        | OperationState::ActionRequired
        | OperationState::Unknown => true,
        OperationState::Succeeded | OperationState::Failed => false,
    }
}

impl Standing {
    /// Money that we may take or have taken: authorizations that were not given back.
    pub fn authorized(&self) -> i64 {
        let live = self.payments.iter().filter(|one| one.counts());
        live.map(|one| one.authorized).sum()
    }

    /// Money taken, whether paid back or not.
    pub fn captured(&self) -> i64 {
        self.payments.iter().map(|one| one.captured).sum()
    }

    /// Money paid back.
    pub fn refunded(&self) -> i64 {
        self.payments.iter().map(|one| one.refunded).sum()
    }

    /// Whether something is asked of a provider and not answered.
    pub fn is_under_way(&self) -> bool {
        self.payments.iter().any(|one| !one.open.is_empty())
    }

    /// Whether it is paid by invoice, and the invoice is neither void nor failed.
    pub fn on_invoice(&self) -> bool {
        let mut live = self.payments.iter().filter(|one| one.counts());
        live.any(|one| one.method == Method::Invoice)
    }
}

impl PaymentStanding {
    /// Whether it still stands for money: neither failed nor given back.
    pub fn counts(&self) -> bool {
        !matches!(self.state, State::Failed | State::Voided)
    }

    /// The minor units that open operations of `kind` ask for.
    pub fn asked(&self, kind: Kind) -> i64 {
        let same = self.open.iter().filter(|open| open.kind == kind);
        same.map(|open| open.amount).sum()
    }

    /// Whether it is being given back.
    pub fn is_voiding(&self) -> bool {
        self.open.iter().any(|open| open.kind == Kind::Void)
    }

    /// What is left to capture when all that is under way succeeds.
    pub fn capturable(&self) -> i64 {
        if !self.counts() {
            return 0;
        }
        self.authorized - self.captured - self.asked(Kind::Capture)
    }

    /// What is left to refund when all that is under way succeeds.
    pub fn refundable(&self) -> i64 {
        self.captured - self.refunded - self.asked(Kind::Refund)
    }

    /// The facts for an act about `asked` minor units.
    pub fn facts(&self, asked: i64) -> Facts {
        Facts {
            authorized: self.authorized,
            captured: self.captured,
            refunded: self.refunded,
            capturing: self.asked(Kind::Capture),
            refunding: self.asked(Kind::Refund),
            asked,
            invoice: self.method == Method::Invoice,
        }
    }
}
