//! A snapshot of PostgreSQL: which transactions had ended when it was taken.

use std::str::FromStr;

/// `xmin:xmax:xip,…`, as `pg_current_snapshot()` has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Everything below has ended.
    pub from: i64,
    /// Everything from here on had not begun.
    pub until: i64,
    /// What was running in between, in ascending order.
    pub running: Vec<i64>,
}

impl Snapshot {
    /// Whether that transaction had ended.
    pub fn has_seen(&self, transaction: i64) -> bool {
        transaction < self.from
            || (transaction < self.until && self.running.binary_search(&transaction).is_err())
    }

    /// What was running, as a list that PostgreSQL splits again.
    pub fn running_text(&self) -> String {
        let all: Vec<String> = self.running.iter().map(i64::to_string).collect();
        all.join(",")
    }
}

impl FromStr for Snapshot {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, ':');
        let mut bound = || parts.next()?.parse::<i64>().ok();
        let (from, until) = (bound().ok_or(())?, bound().ok_or(())?);
        let list = parts.next().ok_or(())?;
        let running = list.split(',').filter(|one| !one.is_empty());
        let mut running = running
            .map(|one| one.parse().map_err(|_| ()))
            .collect::<Result<Vec<i64>, ()>>()?;
        running.sort_unstable();
        Ok(Self {
            from,
            until,
            running,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Snapshot;

    #[test]
    fn a_snapshot_has_seen_what_ended_before_it() {
        let snapshot: Snapshot = "10:20:10,14,15".parse().unwrap();
        for (transaction, seen) in [
            (9, true),
            (10, false),
            (11, true),
            (14, false),
            (15, false),
            (19, true),
            (20, false),
            (21, false),
        ] {
            assert_eq!(snapshot.has_seen(transaction), seen, "{transaction}");
        }
        assert_eq!(snapshot.running_text(), "10,14,15");
    }

    #[test]
    fn nothing_may_be_running() {
        let quiet: Snapshot = "795:795:".parse().unwrap();
        assert!(quiet.has_seen(794) && !quiet.has_seen(795));
        assert_eq!(quiet.running_text(), "");
    }

    #[test]
    fn what_is_no_snapshot_is_refused() {
        for text in ["", "1", "1:2", "a:2:", "1:b:", "1:2:3,x"] {
            assert!(text.parse::<Snapshot>().is_err(), "{text}");
        }
    }
}
