//! The feed, told by hand.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use entity::id::{EventId, OrderId, PaymentId};
use serde_json::json;
use uuid::Uuid;

use super::tail::Tail;
use super::{Committed, Feed, Lagged, Listener};

const ORDER: Uuid = Uuid::from_u128(1);
const PAYMENT: Uuid = Uuid::from_u128(2);

fn paid(id: u128) -> Committed {
    let (payment, order) = (PaymentId::from_uuid(PAYMENT), OrderId::from_uuid(ORDER));
    Committed {
        id: EventId::from_uuid(Uuid::from_u128(id)),
        position: 7,
        aggregate_type: "payment".to_owned(),
        aggregate_id: PAYMENT,
        seq: 1,
        event_type: "payment.captured".to_owned(),
        data: json!({ "payment": payment, "order": order, "operation": null, "amount": 3 }),
    }
}

#[tokio::test]
async fn a_watch_hears_once_of_what_an_event_is_about_and_of_what_it_refers_to() {
    let feed = Feed::default();
    let mut payment = feed.watch(&[PAYMENT], 8);
    let mut both = feed.watch(&[PAYMENT, ORDER], 8);
    let mut other = feed.watch(&[Uuid::from_u128(3)], 8);
    feed.tell(vec![paid(10), paid(11)]);
    for id in [10, 11] {
        let wanted = Ok(Arc::new(paid(id)));
        assert_eq!(payment.next().await, wanted);
        assert_eq!(both.next().await, wanted);
    }
    for quiet in [&mut payment, &mut both, &mut other] {
        assert_eq!(quiet.skip(), Ok(()));
        assert!(quiet.receiver.is_empty());
    }
}

#[tokio::test]
async fn a_watch_that_falls_behind_is_told_so_and_others_are_not_kept_waiting() {
    let feed = Feed::default();
    let (mut slow, mut quick) = (feed.watch(&[ORDER], 1), feed.watch(&[ORDER], 8));
    feed.tell(vec![paid(10), paid(11)]);
    assert_eq!(slow.next().await, Ok(Arc::new(paid(10))));
    assert_eq!(slow.next().await, Err(Lagged));
    assert_eq!(quick.next().await, Ok(Arc::new(paid(10))));
    assert_eq!(quick.next().await, Ok(Arc::new(paid(11))));
}

#[tokio::test]
async fn a_watch_that_is_dropped_leaves_nothing_behind() {
    let feed = Feed::default();
    let kept = feed.watch(&[ORDER], 1);
    drop(feed.watch(&[ORDER, PAYMENT], 1));
    assert_eq!(feed.watches().keys().collect::<Vec<_>>(), [&ORDER]);
    drop(kept);
    assert!(feed.watches().is_empty());
}

#[tokio::test]
async fn where_events_may_have_been_missed_every_watch_ends() {
    let feed = Feed::default();
    let mut watch = feed.watch(&[ORDER], 8);
    feed.lose();
    assert_eq!(watch.next().await, Err(Lagged));
}

#[test]
fn listeners_are_told_before_the_position_moves() {
    struct Notes(Feed, Mutex<Vec<(u128, Option<i64>)>>);
    impl Listener for Notes {
        fn committed(&self, event: &Committed) {
            let note = (event.id.uuid().as_u128(), self.0.position());
            self.1.lock().unwrap().push(note);
        }
        fn lost(&self) {
            self.1.lock().unwrap().push((0, self.0.position()));
        }
    }
    let feed = Feed::default();
    let notes = Arc::new(Notes(feed.clone(), Mutex::default()));
    feed.listen(notes.clone());
    assert_eq!((feed.position(), feed.lag()), (None, None));
    feed.lose();
    feed.stands(Tail::Row(6), Instant::now());
    feed.tell(vec![paid(10)]);
    feed.stands(Tail::Row(7), Instant::now());
    assert_eq!(*notes.1.lock().unwrap(), [(0, None), (10, Some(6))]);
    assert_eq!(feed.position(), Some(7));
    assert!(feed.has_passed(7) && !feed.has_passed(8));
    assert!(feed.lag().is_some());
}
