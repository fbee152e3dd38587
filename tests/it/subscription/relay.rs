//! The relay tells every committed event once in every process, in the order of its aggregate.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use entity::id::EventId;
use entity::outbox_events::{ActiveModel, Entity};
use rialto::domain::channel::commands::ChannelUpdate;
use rialto::kernel::caller::Caller;
use rialto::kernel::permission::Role;
use rialto::write::{Committed, Feed, Listener, Relay};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, Statement, TransactionTrait,
};
use serde_json::json;
use uuid::Uuid;

use super::until;
use super::view::somebody_waits;
use crate::both;
use crate::harness::database::{self, Engine};
use crate::harness::people::PASSWORD;
use crate::harness::till::Till;
use crate::harness::{Shop, Who};

/// Writes down what it is told.
#[derive(Default)]
struct Notes(Mutex<Vec<Committed>>);

impl Listener for Notes {
    fn committed(&self, event: &Committed) {
        self.0.lock().expect("notes").push(event.clone());
    }

    fn lost(&self) {}
}

impl Notes {
    fn on(feed: &Feed) -> Arc<Self> {
        let notes = Arc::new(Self::default());
        feed.listen(notes.clone());
        notes
    }

    fn told(&self) -> Vec<Committed> {
        self.0.lock().expect("notes").clone()
    }

    fn ids(&self) -> Vec<EventId> {
        self.told().iter().map(|event| event.id).collect()
    }

    /// Waits until so many events have been told.
    async fn has(&self, count: usize) {
        until(|| self.told().len() >= count).await;
    }
}

/// All events in the database.
async fn written(shop: &Shop) -> Vec<EventId> {
    let rows = Entity::find().order_by_asc(entity::outbox_events::Column::Id);
    let rows = rows.all(&shop.app.door.reader()).await.expect("rows");
    rows.into_iter().map(|row| row.id).collect()
}

/// Writes an event by hand.
async fn tells(on: &DatabaseTransaction, aggregate: Uuid, seq: i64) -> EventId {
    let id = EventId::from_uuid(Uuid::now_v7());
    let row = ActiveModel {
        id: Set(id),
        aggregate_type: Set("test".to_owned()),
        aggregate_id: Set(aggregate),
        seq: Set(seq),
        event_type: Set("test.happened".to_owned()),
        schema_version: Set(1),
        occurred_at: Set("2026-11-21T10:00:00Z".parse().expect("an instant")),
        data: Set(json!({})),
        audit_hash: Set(String::new()),
        ..ActiveModel::default()
    };
    let insert = Entity::insert(row).exec_without_returning(on).await;
    insert.expect("an event");
    id
}

async fn transaction(shop: &Shop) -> DatabaseTransaction {
    let begun = shop.app.db.for_migrations().begin().await;
    begun.expect("a transaction")
}

/// Gives the transaction its number, as a first write does.
async fn numbered(on: &DatabaseTransaction) {
    let sql = "SELECT pg_current_xact_id()::text AS number";
    let statement = Statement::from_string(on.get_database_backend(), sql);
    on.query_one_raw(statement).await.expect("a number");
}

both! {
    async fn every_event_that_is_committed_is_told_once(shop: Shop) {
        let feed = shop.app.door.feed();
        feed.started().await;
        let notes = Notes::on(feed);
        let before: HashSet<EventId> = written(&shop).await.into_iter().collect();
        shop.opens_channel("eu").await;
        let buyers = (0..24).map(|_| async {
            let create = "mutation { cartCreate(input: {}) { cart { id } errors { code } } }";
            shop.ask(&Who::guest(), create, json!({})).await.ok();
        });
        futures_util::future::join_all(buyers).await;
        let mut wanted = written(&shop).await;
        wanted.retain(|id| !before.contains(id));
        assert_eq!(wanted.len(), 25);
        notes.has(wanted.len()).await;
        let mut told = notes.ids();
        told.sort();
        assert_eq!(told, wanted);
        // A position that has been told stays told.
        let last = notes.told().iter().map(|event| event.position).max();
        let last = last.expect("events");
        until(|| feed.has_passed(last)).await;
        assert!(!feed.has_passed(last + 1_000_000));
        assert!(feed.lag().is_some());
    }

    async fn what_another_process_commits_is_told_here(shop: Shop) {
        let other = shop.again(|_| {}).await;
        for one in [&shop, &other] {
            one.app.door.feed().started().await;
        }
        let (here, there) = (Notes::on(shop.app.door.feed()), Notes::on(other.app.door.feed()));
        let channel = other.opens_channel("eu").await;
        for notes in [here, there] {
            notes.has(1).await;
            let told = notes.told();
            assert_eq!(told[0].event_type, "channel.created");
            assert_eq!(told[0].aggregate_id, channel.uuid());
        }
        other.app.db.clone().close().await.expect("closed");
    }

    async fn what_was_before_the_start_and_what_was_taken_back_is_not_told(shop: Shop) {
        let channel = shop.opens_channel("eu").await;
        let feed = Feed::default();
        let notes = Notes::on(&feed);
        let mut relay = Relay::new(shop.app.door.reader(), feed.clone());
        assert_eq!((feed.position(), feed.lag()), (None, None));
        assert_eq!(relay.look().await.expect("a look"), 0);
        let trial = shop.app.door.dry_run().await.expect("a dry run");
        let close = ChannelUpdate {
            channel,
            expected_version: None,
            name: Some("Tried".to_owned()),
            countries: None,
            languages: None,
            make_default: false,
            active: None,
        };
        let admin = Caller {
            role: Role::Admin,
            ..Caller::system("fixture")
        };
        trial.door.execute(&admin, None, close).await.expect("a try");
        drop(trial);
        assert_eq!(relay.look().await.expect("a look"), 0);
        assert_eq!(notes.told(), []);
        let made = shop.opens_channel("us").await;
        until_told(&mut relay, 1).await;
        assert_eq!(notes.told()[0].aggregate_id, made.uuid());
    }
}

both! {
    /// Who follows one thing knows from the numbers alone whether anything is missing.
    async fn the_events_of_one_thing_are_numbered_without_a_gap(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 3).await;
        let support = shop.staff(Role::Support).await;
        for payment in ["sandbox_approve", "sandbox_approve"] {
            let sale = till.buys(&shop, mug, payment).await;
            sale.does_as(&shop, &support, "orderHold", json!({ "reason": "odd address" })).await.ok();
            sale.does_as(&shop, &support, "orderRelease", json!({ "note": "fine" })).await.ok();
            sale.does_as(&shop, &support, "orderCancel", json!({ "reason": "changed my mind" })).await.ok();
        }
        shop.signs_up("ann").await;
        for password in ["wrong password", PASSWORD, PASSWORD] {
            shop.signs_in("ann@example.com", password).await;
        }
        let rows = Entity::find().order_by_asc(entity::outbox_events::Column::Seq);
        let rows = rows.all(&shop.app.door.reader()).await.expect("rows");
        let mut last: HashMap<(String, Uuid), i64> = HashMap::new();
        for row in &rows {
            let seq = last.entry((row.aggregate_type.clone(), row.aggregate_id)).or_default();
            *seq += 1;
            assert_eq!(row.seq, *seq, "{} of {rows:#?}", row.event_type);
        }
        assert!(last.values().any(|seq| *seq > 4), "{last:?}");
    }
}

/// Looks until so many events have been told: elsewhere in the server a transaction may be running.
async fn until_told(relay: &mut Relay, count: usize) {
    let mut told = 0;
    while told < count {
        told += relay.look().await.expect("a look");
    }
    assert_eq!(told, count);
}

#[test]
fn a_later_transaction_that_commits_earlier_hides_nothing_and_reorders_nothing() {
    on_quiet_postgres(|shop| async move {
        let (feed, order, other) = (Feed::default(), Uuid::now_v7(), Uuid::now_v7());
        let notes = Notes::on(&feed);
        let mut relay = Relay::new(shop.app.door.reader(), feed.clone()).in_pages_of(1);
        relay.look().await.expect("a look");

        // The first to begin is the last to commit.
        let early = transaction(&shop).await;
        numbered(&early).await;
        let late = transaction(&shop).await;
        let first = tells(&late, order, 1).await;
        late.commit().await.expect("a commit");
        until_told(&mut relay, 1).await;
        // Nobody waits for the transaction that is still running.
        assert_eq!(notes.ids(), [first]);
        let after_first = notes.told()[0].position;
        assert!(feed.has_passed(after_first));
        assert!(
            feed.position() < Some(after_first),
            "the early one may still commit"
        );
        let second = tells(&early, order, 2).await;
        early.commit().await.expect("a commit");
        until_told(&mut relay, 1).await;
        assert_eq!(notes.ids(), [first, second]);
        let told = notes.told();
        assert!(
            told[1].position < told[0].position,
            "the case that was meant"
        );
        // The negative control: who goes by the greatest position has lost the second event.
        let behind = Entity::find().filter(entity::outbox_events::Column::Position.gt(after_first));
        let behind = behind.all(&shop.app.door.reader()).await.expect("rows");
        assert!(behind.iter().all(|row| row.id != second));

        // Both in one look, read one by one: the later change stands first in the outbox.
        let early = transaction(&shop).await;
        numbered(&early).await;
        let between = transaction(&shop).await;
        let apart = tells(&between, other, 1).await;
        between.commit().await.expect("a commit");
        let late = transaction(&shop).await;
        let third = tells(&late, order, 3).await;
        late.commit().await.expect("a commit");
        let fourth = tells(&early, order, 4).await;
        early.commit().await.expect("a commit");
        until_told(&mut relay, 3).await;
        assert_eq!(notes.ids(), [first, second, third, fourth, apart]);
        assert!(
            notes.told()[3].position < notes.told()[2].position,
            "the case that was meant"
        );
    });
}

/// How old what is known may be counts from where a look began, however long it takes.
#[test]
fn a_slow_look_knows_no_more_than_when_it_began() {
    on_quiet_postgres(|shop| async move {
        let feed = Feed::default();
        let mut relay = Relay::new(shop.app.door.reader(), feed.clone());
        relay.look().await.expect("a look");
        shop.opens_channel("eu").await;
        let other = transaction(&shop).await;
        let lock = "LOCK TABLE outbox_events IN ACCESS EXCLUSIVE MODE";
        other.execute_unprepared(lock).await.expect("a lock");
        let look = async { relay.look().await.expect("a look") };
        let release = async {
            somebody_waits(&shop).await;
            // What is committed from now on is not seen by that look.
            let since = Instant::now();
            other.commit().await.expect("a commit");
            since
        };
        let (told, since) = tokio::join!(look, release);
        assert_eq!(told, 1);
        let least = since.elapsed();
        assert!(feed.lag() >= Some(least), "{:?} < {least:?}", feed.lag());
    });
}

/// Runs it in a shop on PostgreSQL in which nothing happens by itself.
fn on_quiet_postgres<F: Future<Output = ()>>(body: impl FnOnce(Shop) -> F) {
    database::run(Engine::Postgres, |shop| async move {
        body(shop.at_rest()).await
    });
}
