//! Two kinds of time, asked of a clock that is handed in.

use chrono::{DateTime, SubsecRound, Utc};

/// A UTC instant, exact to the microsecond: what both databases keep.
pub type Instant = DateTime<Utc>;

/// Tells the time. Business instants (holds, windows, `placed_at`) use [`Clock::now`], which the
/// sandbox may move; leases, token lifetimes and key records use [`Clock::real`].
pub trait Clock: Send + Sync {
    /// The time of business.
    fn now(&self) -> Instant;
    /// The time of the wall.
    fn real(&self) -> Instant;
}

/// Cuts an instant to what both databases keep.
pub fn to_micros(instant: Instant) -> Instant {
    instant.trunc_subsecs(6)
}
