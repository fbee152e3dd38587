//! The state of the house, as probes and collectors ask for it.

use std::time::Duration;

use async_trait::async_trait;

use super::{Fitness, fitness};
use crate::db::Db;
use crate::http::{Condition, Readiness};
use crate::meter;
use crate::write::Feed;

/// How long a database may take to answer a probe.
const PATIENCE: Duration = Duration::from_secs(2);

/// How far the relay of events may be behind: it looks every second or so, so that one that is later
/// has lost its database, or is stuck.
const BEHIND: Duration = Duration::from_secs(30);

/// Watches a database and the relay of its events.
pub(super) struct Watchman {
    pub db: Db,
    pub feed: Feed,
}

#[async_trait]
impl Condition for Watchman {
    async fn readiness(&self) -> Readiness {
        let found = tokio::time::timeout(PATIENCE, fitness(&self.db)).await;
        let (answers, fits, migrations) = match found {
            Ok(Ok(fitness)) => {
                let (fits, says) = judge(&fitness);
                (true, fits, says)
            }
            Ok(Err(_)) | Err(_) => (false, false, "unknown".to_owned()),
        };
        meter::database(answers);
        let lag = self.feed.lag();
        meter::relay(lag);
        let (follows, relay) = follow(lag);
        Readiness {
            ready: answers && fits && follows,
            database: if answers {
                "answers"
            } else {
                "does not answer"
            },
            migrations,
            relay,
        }
    }

    async fn measure(&self) {
        for pool in self.db.pools() {
            meter::pool(&pool);
        }
        let _ = self.readiness().await;
    }
}

/// A later program may migrate while this one still serves: migrations only add until no earlier
/// one is left, so that is no reason to turn requests away. `serve` does not begin on it, though.
fn judge(fitness: &Fitness) -> (bool, String) {
    match fitness {
        Fitness::Ready => (true, "fit".to_owned()),
        Fitness::Ahead(unknown) => (true, format!("{} are of a later version", unknown.len())),
        Fitness::RulesDiffer => (
            true,
            "the transition rules are of another version".to_owned(),
        ),
        Fitness::Empty => (false, "none has run".to_owned()),
        Fitness::Behind(missing) => (false, format!("{} are missing", missing.len())),
    }
}

/// A node whose relay stands still would tell its buyers nothing new.
fn follow(lag: Option<Duration>) -> (bool, String) {
    match lag {
        None => (true, "starts".to_owned()),
        Some(lag) if lag > BEHIND => (false, format!("is {} s behind", lag.as_secs())),
        Some(_) => (true, "follows".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{BEHIND, Fitness, follow, judge};

    #[test]
    fn a_relay_that_stands_still_is_no_reason_to_send_requests_here() {
        assert_eq!(follow(None), (true, "starts".to_owned()));
        assert_eq!(follow(Some(Duration::ZERO)), (true, "follows".to_owned()));
        assert_eq!(follow(Some(BEHIND)), (true, "follows".to_owned()));
        let (follows, says) = follow(Some(BEHIND + Duration::from_secs(1)));
        assert_eq!((follows, says.as_str()), (false, "is 31 s behind"));
    }

    #[test]
    fn a_database_that_lacks_migrations_is_not_served_from() {
        let one = || vec!["m1".to_owned()];
        for (fitness, fits, says) in [
            (Fitness::Ready, true, "fit"),
            (Fitness::Ahead(one()), true, "1 are of a later version"),
            (Fitness::Behind(one()), false, "1 are missing"),
            (Fitness::Empty, false, "none has run"),
        ] {
            assert_eq!(judge(&fitness), (fits, says.to_owned()));
        }
    }
}
