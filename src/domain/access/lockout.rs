//! Whether somebody may enter with a password, and when failed tries lock the account.

use super::settings::Lockout;
use crate::kernel::clock::Instant;

/// What is known of the account and the try.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Whether the password is right.
    pub fits: bool,
    /// Whether the account may sign in at all.
    pub active: bool,
    /// Wrong passwords since the last right one.
    pub failed: i64,
    /// Until when it is, or was, locked.
    pub locked_until: Option<Instant>,
    /// The time of the wall.
    pub now: Instant,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Welcome.
    Enter,
    /// Locked; the try does not count and tells nothing about the password.
    Locked,
    /// A disabled account: answered as a wrong password, and nothing is counted.
    Disabled,
    /// A wrong password, to be noted so.
    Wrong {
        /// Wrong passwords in a row, this one included.
        failed: i64,
        /// Until when the account is locked now.
        locked_until: Option<Instant>,
    },
}

/// Decides. A lock that is over begins the count anew.
pub fn decide(facts: &Facts, lockout: &Lockout) -> Verdict {
    let over = match facts.locked_until {
        Some(until) if facts.now < until => return Verdict::Locked,
        Some(_) => true,
        None => false,
    };
    if !facts.active {
        return Verdict::Disabled;
    }
    if facts.fits {
        return Verdict::Enter;
    }
    let failed = if over { 1 } else { facts.failed + 1 };
    let locks = failed >= lockout.after;
    Verdict::Wrong {
        failed,
        locked_until: locks.then(|| facts.now + lockout.lasts),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    const LOCKOUT: Lockout = Lockout {
        after: 3,
        lasts: TimeDelta::seconds(60),
    };

    fn at(seconds: i64) -> Instant {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn check(fits: bool, active: bool, failed: i64, locked: Option<i64>, expected: Verdict) {
        let facts = Facts {
            fits,
            active,
            failed,
            locked_until: locked.map(at),
            now: at(100),
        };
        assert_eq!(decide(&facts, &LOCKOUT), expected, "{facts:?}");
    }

    fn wrong(failed: i64, locked: Option<i64>) -> Verdict {
        Verdict::Wrong {
            failed,
            locked_until: locked.map(at),
        }
    }

    #[test]
    fn the_third_wrong_password_locks_and_a_lock_that_is_over_counts_anew() {
        check(true, true, 0, None, Verdict::Enter);
        check(true, true, 2, None, Verdict::Enter);
        check(false, true, 0, None, wrong(1, None));
        check(false, true, 1, None, wrong(2, None));
        check(false, true, 2, None, wrong(3, Some(160)));
        check(false, true, 3, Some(100), wrong(1, None));
        check(true, true, 3, Some(100), Verdict::Enter);
    }

    #[test]
    fn a_locked_account_answers_the_same_to_right_and_wrong() {
        check(true, true, 3, Some(101), Verdict::Locked);
        check(false, true, 3, Some(101), Verdict::Locked);
    }

    #[test]
    fn a_disabled_account_counts_nothing() {
        check(true, false, 0, None, Verdict::Disabled);
        check(false, false, 2, None, Verdict::Disabled);
    }
}
