//! What a refresh token is worth: a successor, the same successor once more, or the end of its
//! session (RFC 9700, refresh token rotation with reuse detection).
//!
//! A session is a family of tokens numbered by generation; only the newest is good. There are
//! never two live branches: the successor of a token is one and the same.

use chrono::TimeDelta;

use crate::kernel::clock::Instant;

/// What is known of the token and its session.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Whether the session lasts and its account may sign in.
    pub alive: bool,
    /// The newest generation that was given out.
    pub newest: i64,
    /// The token's own.
    pub generation: i64,
    /// When the token was exchanged.
    pub used_at: Option<Instant>,
    /// When it stops to be good.
    pub expires_at: Instant,
    /// The time of the wall.
    pub now: Instant,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Give out the next generation.
    Advance,
    /// Answer with the newest generation once more: the client has lost the answer.
    Repeat,
    /// Somebody uses an old token: end the session.
    Revoke,
    /// Worth nothing.
    Refuse,
}

/// Decides.
pub fn decide(facts: &Facts, grace: TimeDelta) -> Step {
    if !facts.alive || facts.expires_at <= facts.now {
        return Step::Refuse;
    }
    if facts.generation == facts.newest {
        return Step::Advance;
    }
    // Of two who came at once, the one who waited may have begun first: its time is before the use.
    let since = |used: Instant| (facts.now - used).max(TimeDelta::zero());
    let just_used = facts.used_at.is_some_and(|used| since(used) < grace);
    if facts.generation + 1 == facts.newest && just_used {
        Step::Repeat
    } else {
        Step::Revoke
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn at(seconds: i64) -> Instant {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn check(newest: i64, generation: i64, used_at: Option<i64>, expected: Step) {
        let facts = Facts {
            alive: true,
            newest,
            generation,
            used_at: used_at.map(at),
            expires_at: at(1000),
            now: at(100),
        };
        let grace = TimeDelta::seconds(10);
        assert_eq!(decide(&facts, grace), expected, "{facts:?}");
        for worthless in [
            Facts {
                alive: false,
                ..facts
            },
            Facts {
                now: at(1000),
                ..facts
            },
        ] {
            assert_eq!(decide(&worthless, grace), Step::Refuse, "{worthless:?}");
        }
    }

    #[test]
    fn only_the_newest_token_advances_and_only_its_predecessor_repeats_for_a_while() {
        check(1, 1, None, Step::Advance);
        check(7, 7, None, Step::Advance);
        check(2, 1, Some(100), Step::Repeat);
        check(2, 1, Some(101), Step::Repeat);
        check(2, 1, Some(91), Step::Repeat);
        check(2, 1, Some(90), Step::Revoke);
        check(3, 1, Some(100), Step::Revoke);
        check(9, 1, None, Step::Revoke);
    }

    #[test]
    fn without_grace_nothing_repeats_whoever_began_first() {
        for used in [99, 100, 101] {
            let facts = Facts {
                alive: true,
                newest: 2,
                generation: 1,
                used_at: Some(at(used)),
                expires_at: at(1000),
                now: at(100),
            };
            assert_eq!(decide(&facts, TimeDelta::zero()), Step::Revoke, "{used}");
        }
    }
}
