//! [`Relay`]: follows the outbox and tells the feed.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use entity::id::EventId;
use uuid::Uuid;

use super::store::{self, Edge};
use super::tail::Tail;
use super::{Committed, Feed};
use crate::db::Reader;
use crate::kernel::error::Fault;

/// Events that are read at a time.
const PAGE: usize = 500;

/// Follows the outbox from where it ended when the relay was started.
pub struct Relay {
    read: Reader,
    feed: Feed,
    tail: Option<Tail>,
    span: Option<Span>,
    page: usize,
}

/// What is being told: from the tail to there, page by page. It outlives a fault, so that nothing
/// is told twice.
struct Span {
    to: Tail,
    /// Before `to` was read.
    at: Instant,
    edge: Edge,
    /// Told before their turn, because a later event of the same aggregate came first.
    ahead: HashSet<EventId>,
}

impl Relay {
    /// A relay that has not looked yet.
    pub fn new(read: Reader, feed: Feed) -> Self {
        Self {
            read,
            feed,
            tail: None,
            span: None,
            page: PAGE,
        }
    }

    /// The same, reading so many events at a time.
    #[must_use]
    pub fn in_pages_of(self, page: usize) -> Self {
        Self { page, ..self }
    }

    /// Tells what has been committed since the last look, and says how many events that were. After
    /// a fault the next look goes on where this one ended.
    pub async fn look(&mut self) -> Result<usize, Fault> {
        let at = Instant::now();
        let Some(from) = self.tail.clone() else {
            self.begin(store::end(&self.read).await?, at);
            return Ok(0);
        };
        if self.span.is_none() {
            let to = store::end(&self.read).await?;
            if from.is_ahead_of(&to) {
                tracing::error!(
                    ?from,
                    ?to,
                    "the outbox has gone back; followed from its end"
                );
                self.begin(to, at);
                return Ok(0);
            }
            if from == to {
                self.feed.stands(to, at);
                return Ok(0);
            }
            self.span = Some(Span {
                to,
                at,
                edge: (0, Uuid::nil()),
                ahead: HashSet::new(),
            });
        }
        let mut told = 0;
        while let Some(span) = &mut self.span {
            let page = store::page(&self.read, (&from, &span.to), span.edge, self.page).await?;
            let more = page.len() >= self.page;
            let events = if more {
                span.with_earlier(&self.read, &from, page).await?
            } else {
                span.rest(page)
            };
            told += events.len();
            self.feed.tell(events);
            if !more {
                self.feed.stands(span.to.clone(), span.at);
                self.tail = Some(span.to.clone());
                self.span = None;
            }
        }
        Ok(told)
    }

    fn begin(&mut self, end: Tail, at: Instant) {
        self.feed.lose();
        self.tail = Some(end.clone());
        self.feed.stands(end, at);
    }
}

impl Span {
    /// A page that is not the last: what belongs before its events but stands behind it comes along.
    async fn with_earlier(
        &mut self,
        read: &Reader,
        from: &Tail,
        page: Vec<Committed>,
    ) -> Result<Vec<Committed>, Fault> {
        let edge = page.last().map(|last| (last.position, last.id.uuid()));
        let edge = edge.unwrap_or(self.edge);
        let mut latest: HashMap<Uuid, i64> = HashMap::new();
        for event in &page {
            let seq = latest.entry(event.aggregate_id).or_insert(event.seq);
            *seq = event.seq.max(*seq);
        }
        let aggregates: Vec<Uuid> = latest.keys().copied().collect();
        let behind = store::behind(read, (from, &self.to), edge, &aggregates).await?;
        let mut events: Vec<Committed> = self.not_told(page).collect();
        let earlier = behind
            .into_iter()
            .filter(|event| latest.get(&event.aggregate_id) > Some(&event.seq));
        for event in earlier {
            if self.ahead.insert(event.id) {
                events.push(event);
            }
        }
        self.edge = edge;
        Ok(in_order(events))
    }

    /// The last page.
    fn rest(&mut self, page: Vec<Committed>) -> Vec<Committed> {
        in_order(self.not_told(page).collect())
    }

    fn not_told(&mut self, page: Vec<Committed>) -> impl Iterator<Item = Committed> {
        page.into_iter()
            .filter(|event| !self.ahead.remove(&event.id))
    }
}

/// Puts the events of each aggregate in their order, in the places that they have together: its
/// later change can have the smaller transaction, which had begun earlier and waited.
fn in_order(mut events: Vec<Committed>) -> Vec<Committed> {
    let mut places: HashMap<Uuid, Vec<usize>> = HashMap::new();
    for (place, event) in events.iter().enumerate() {
        places.entry(event.aggregate_id).or_default().push(place);
    }
    let mut target: Vec<usize> = (0..events.len()).collect();
    for places in places.into_values().filter(|places| places.len() > 1) {
        let mut sorted = places.clone();
        sorted.sort_by_key(|place| (events[*place].seq, events[*place].id));
        for (to, from) in places.into_iter().zip(sorted) {
            target[from] = to;
        }
    }
    let mut keyed: Vec<(usize, Committed)> = target.into_iter().zip(events.drain(..)).collect();
    keyed.sort_by_key(|(place, _)| *place);
    keyed.into_iter().map(|(_, event)| event).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Committed, EventId, Uuid, in_order};

    fn event(id: u128, aggregate: u128, seq: i64) -> Committed {
        Committed {
            id: EventId::from_uuid(Uuid::from_u128(id)),
            position: 1,
            aggregate_type: "order".to_owned(),
            aggregate_id: Uuid::from_u128(aggregate),
            seq,
            event_type: "order.moved".to_owned(),
            data: json!({}),
        }
    }

    #[test]
    fn the_events_of_an_aggregate_come_in_their_order_and_others_stay_where_they_are() {
        let mixed = [
            (1, 7, 3),
            (2, 8, 1),
            (3, 7, 1),
            (4, 9, 5),
            (6, 7, 2),
            (5, 7, 2),
        ];
        let events = mixed.map(|(id, aggregate, seq)| event(id, aggregate, seq));
        let sorted = in_order(events.to_vec());
        let ids: Vec<u128> = sorted.iter().map(|one| one.id.uuid().as_u128()).collect();
        assert_eq!(ids, [3, 2, 5, 4, 6, 1]);
    }
}
