//! The sandbox: its clock, and dry runs.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::both;
use crate::harness::Who;

const ADVANCE: &str = "mutation($seconds: Int!) {
    sandboxClockAdvance(input: { seconds: $seconds }) { now errors { code path } }
}";

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

both! {
    async fn the_clock_moves_ahead_for_everybody(shop: Shop) {
        let before = shop.ask(&Who::guest(), "{ sandboxClock }", json!({})).await.ok();
        let moved = shop.ask(&Who::guest(), ADVANCE, json!({ "seconds": 86_400 })).await.ok();
        let after = shop.ask(&Who::guest(), "{ sandboxClock }", json!({})).await.ok();
        let [before, moved, after] = [
            before.text("sandboxClock"),
            moved.text("sandboxClockAdvance.now"),
            after.text("sandboxClock"),
        ]
        .map(|text| instant(&text));
        assert!((after - before).num_seconds() >= 86_400);
        assert!((after - moved).num_seconds() < 60);
    }

    async fn the_clock_never_moves_back_nor_out_of_sight(shop: Shop) {
        for seconds in [0, -1, i32::MAX] {
            let answer = shop.ask(&Who::guest(), ADVANCE, json!({ "seconds": seconds })).await;
            assert_eq!(answer.codes("sandboxClockAdvance"), ["VALIDATION"], "{seconds}");
        }
    }

    async fn a_dry_run_answers_as_if_and_leaves_nothing(shop: Shop) {
        let dry = Who::guest().with("x-dry-run", "true");
        let answer = shop.ask(&dry, ADVANCE, json!({ "seconds": 86_400 })).await.ok();
        assert_eq!(answer.body["extensions"]["dryRun"], true);
        assert!(answer.text("sandboxClockAdvance.now").len() > 20);
        let after = shop.ask(&Who::guest(), "{ sandboxClock }", json!({})).await.ok();
        assert!((instant(&after.text("sandboxClock")) - Utc::now()).num_seconds() < 60);
        let two = "mutation { a: sandboxClockAdvance(input: { seconds: 1 }) { now }
            b: sandboxClockAdvance(input: { seconds: 1 }) { now } }";
        assert_eq!(shop.ask(&dry, two, json!({})).await.fault(), Some("BAD_REQUEST"));
    }
}
