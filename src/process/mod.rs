//! What takes several transactions with calls outside between them. Every step is recorded before
//! it is taken, so that any node can resume it.
//!
//! A process has its row in `processes`: what it is about, the last step known to be done, and who
//! works on it until when. Whoever has lost the lease can record nothing any more. Deliberately
//! absent: transactions held while waiting, SQL, rules, GraphQL.
//!
//! To add a process: 1. its file here, with the kind that its row bears; 2. the verb that starts it
//! (`write::processes::start`) and the commands that record its steps; 3. its line in
//! [`completer::resume`].

pub mod complete_cart;
pub mod completer;
mod operation;
pub mod provider_event;
pub mod settle_payment;
pub mod settle_refund;
pub mod sign_in;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use entity::processes::Model as Process;

use crate::domain::payment::port::{Gateway, Gateways};
use crate::kernel::caller::Caller;
use crate::kernel::clock::Instant;
use crate::kernel::error::{Fault, Stop};
use crate::write::Door;
use crate::write::lease::Claim;
use crate::write::processes::Lease;

/// How long the parts of processes take at most, in real time where nothing else is said.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// How long whoever works on a process holds it.
    pub lease: Duration,
    /// How long a provider has to answer; well below the lease.
    pub gateway: Duration,
    /// How long after an unknown outcome a provider that never heard of the request is believed.
    pub horizon: Duration,
    /// How long stock is held for a payment, in business time.
    pub hold: Duration,
    /// How long a request waits for a process to end.
    pub patience: Duration,
    /// How often idle workers look for processes to take up.
    pub poll: Duration,
    /// How long after an unknown outcome a provider is asked for the first time; later questions
    /// come after 3, 12, 60 and 360 times that, and so on at the last.
    pub first_check: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            lease: Duration::from_secs(60),
            gateway: Duration::from_secs(8),
            horizon: Duration::from_secs(30),
            hold: Duration::from_secs(600),
            patience: Duration::from_secs(8),
            poll: Duration::from_secs(1),
            first_check: Duration::from_secs(10),
        }
    }
}

impl Times {
    /// How long to wait after `attempts` at an outcome that stays unknown: with the usual first
    /// check 10 s, 30 s, 2 min, 10 min, then hourly.
    pub fn again_after(&self, attempts: i64) -> TimeDelta {
        let factor = match attempts {
            ..=0 => 1,
            1 => 3,
            2 => 12,
            3 => 60,
            _ => 360,
        };
        delta(self.first_check * factor)
    }
}

/// A length of time as the calendar counts it; our settings are far from its end.
pub(crate) fn delta(length: Duration) -> TimeDelta {
    TimeDelta::from_std(length).unwrap_or(TimeDelta::MAX)
}

/// What a process works with.
#[derive(Clone)]
pub struct House {
    /// The way to write, and to read.
    pub door: Door,
    /// The providers.
    pub gateways: Arc<dyn Gateways>,
    /// The adapter that takes cards, if there is one.
    pub card: Option<&'static str>,
    /// How long its parts take at most.
    pub times: Times,
}

impl House {
    /// The adapter of that name.
    pub fn gateway(&self, name: &str) -> Result<&dyn Gateway, Fault> {
        let found = self.gateways.find(name);
        found.ok_or_else(|| Fault::bug(format!("no payment gateway is called {name}")))
    }

    /// Takes over a process; none where somebody works on it, or it has ended.
    pub async fn claim(&self, process: &Process, job: &'static str) -> Result<Option<Lease>, Stop> {
        let claim = Claim {
            process: process.id,
            lasts: delta(self.times.lease),
        };
        let done = self.door.execute(&Caller::system(job), None, claim).await?;
        Ok(done.output)
    }

    /// When to ask again after `attempts` at an outcome that stays unknown.
    pub fn next_check(&self, attempts: i64) -> Instant {
        self.door.clock().real() + self.times.again_after(attempts)
    }
}
