//! Carts and orders: closed loops of buyers, each beside a closed loop of the bare SQL that leaves
//! the same rows. While the bare SQL runs, no server does: it would follow the events.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use entity::id::{CartId, OrderId};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::bare::Bare;
use crate::figures::{Aim, Rate, Row, Run, mean, rate};
use crate::server::{Server, Spent};
use crate::shop::{Engine, Shop};
use crate::till::{Cart, Goods, Ready, Till};

/// Buyers of the hot SKU.
pub const BUYERS: u32 = 64;

/// Carts that are made ready for each second of completions: more than are completed in one, by
/// one buyer and by many.
const CARTS_A_SECOND: [f64; 2] = [150.0, 350.0];

/// Carts that are made for each second of bare SQL.
const BARE_A_SECOND: f64 = 3_000.0;

/// Turns before anything is counted. PostgreSQL plans a statement anew for the first five times on
/// each of the pool's connections, and planning is what it then does most.
const WARM: usize = 128;

/// Lines that one cart gets before the next is taken.
const LINES: usize = 10;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// `cartLinesAdd`.
    Add,
    /// Four requests, from an empty cart to an order.
    Checkout,
    /// `cartComplete` alone.
    Complete,
    /// `cartComplete` by [`BUYERS`], all for one SKU.
    Hot,
}

/// Measures acts in one shop.
pub struct Bench<'a> {
    /// The database.
    pub shop: &'a Shop,
    /// How long each subject is driven; each baseline half as long, before and after.
    pub seconds: f64,
}

/// What a turn of a buyer takes from the heap.
#[derive(Clone)]
enum Turn {
    Add(Cart),
    Checkout,
    Complete(Ready),
}

impl Act {
    fn goods(self) -> Goods {
        match self {
            Self::Hot => Goods::Hot,
            Self::Add | Self::Checkout | Self::Complete => Goods::Spread,
        }
    }

    fn titles(self) -> (&'static str, &'static str) {
        match self {
            Self::Add => ("cart add", "bare SQL of one line"),
            Self::Checkout => ("whole checkout, 4 requests", "bare SQL of one order"),
            Self::Complete => ("cartComplete", "bare SQL of one order"),
            Self::Hot => ("cartComplete, one SKU", "bare SQL of one order, that SKU"),
        }
    }

    fn aim(self, engine: Engine) -> Option<Aim> {
        match (self, engine) {
            (Self::Complete, Engine::Postgres) => Some(Aim {
                name: "complete",
                share: 0.6,
            }),
            (Self::Hot, _) => Some(Aim {
                name: "hot",
                share: 1.0,
            }),
            _ => None,
        }
    }
}

impl Bench<'_> {
    /// Measures an act by so many at once.
    pub async fn act(&self, act: Act, connections: u32) -> Result<Row> {
        let server = Server::start(self.shop).await?;
        let till = Till::open(self.shop, &server.url).await?;
        let bare = Arc::new(self.model(act, &till).await?);
        let turns = self.turns(act, &till, connections).await?;
        server.stop().await?;
        let before = self.of_bare(&bare, connections).await?;
        let server = Server::start(self.shop).await?;
        let subject = self
            .of_subject(&till.at(&server.url), &server, turns, connections)
            .await?;
        server.stop().await?;
        let after = self.of_bare(&bare, connections).await?;
        let (what, against) = act.titles();
        Ok(Row {
            what,
            against,
            engine: self.shop.engine,
            products: self.shop.products,
            connections,
            subject,
            baseline: mean(before, after),
            aim: act.aim(self.shop.engine),
        })
    }

    /// Does it once through the API; the bare SQL is made of what that leaves.
    async fn model(&self, act: Act, till: &Till) -> Result<Bare> {
        let id = |cart: &Cart| cart.id.parse::<CartId>().ok().context("no cart's id");
        if act == Act::Add {
            let cart = till.cart(None).await?;
            till.add(&cart).await?;
            return Bare::line(self.shop, id(&cart)?).await;
        }
        let ready = till.describe(till.cart(Some(act.goods())).await?).await?;
        let order = till.complete(&ready).await?;
        let order = order.parse::<OrderId>().ok().context("no order's id")?;
        Bare::order(self.shop, id(&ready.cart)?, order, &ready.key()).await
    }

    /// What buyers take from, one after the other.
    async fn turns(&self, act: Act, till: &Till, connections: u32) -> Result<VecDeque<Turn>> {
        let [one, many] = CARTS_A_SECOND;
        let a_second = if connections == 1 { one } else { many };
        let count = count(a_second * self.seconds) + WARM;
        match act {
            Act::Checkout => Ok(std::iter::repeat_n(Turn::Checkout, 10 * count).collect()),
            Act::Complete | Act::Hot => {
                let ready = till.ready(count, act.goods()).await?;
                Ok(ready.into_iter().map(Turn::Complete).collect())
            }
            Act::Add => {
                let carts = till.carts(count / 2, None).await?;
                // A cart comes round again after all others: hardly ever twice at the same time.
                let all = (0..LINES).flat_map(|_| carts.iter().cloned().map(Turn::Add));
                Ok(all.collect())
            }
        }
    }

    async fn of_subject(
        &self,
        till: &Till,
        server: &Server,
        mut turns: VecDeque<Turn>,
        connections: u32,
    ) -> Result<Run> {
        let counted = turns.split_off(WARM.min(turns.len()));
        let till = till.clone();
        let go = move |turn: Turn| {
            let till = till.clone();
            async move { buy(&till, turn).await }
        };
        drive(turns, connections, self.seconds, go.clone()).await?;
        let process = server.process()?;
        let before = Spent::by(process, self.shop)?;
        let (rate, count) = drive(counted, connections, self.seconds, go).await?;
        Ok(Spent::by(process, self.shop)?.since(before, rate, count))
    }

    async fn of_bare(&self, bare: &Arc<Bare>, connections: u32) -> Result<Run> {
        let pool = self.shop.db.for_migrations();
        let seconds = self.seconds / 2.0;
        let carts = bare
            .carts(pool, count(BARE_A_SECOND * seconds) + WARM)
            .await?;
        let mut carts: VecDeque<Uuid> = carts.into();
        let counted = carts.split_off(WARM);
        let (bare, pool) = (bare.clone(), pool.clone());
        let go = move |cart: Uuid| {
            let (bare, pool) = (bare.clone(), pool.clone());
            async move { bare.write(&pool, cart).await }
        };
        drive(carts, connections, seconds, go.clone()).await?;
        let process = std::process::id();
        let before = Spent::by(process, self.shop)?;
        let (rate, count) = drive(counted, connections, seconds, go).await?;
        Ok(Spent::by(process, self.shop)?.since(before, rate, count))
    }
}

async fn buy(till: &Till, turn: Turn) -> Result<()> {
    match turn {
        Turn::Add(cart) => till.add(&cart).await,
        Turn::Complete(ready) => till.complete(&ready).await.map(|_| ()),
        Turn::Checkout => {
            let ready = till.describe(till.cart(Some(Goods::Spread)).await?).await?;
            till.complete(&ready).await.map(|_| ())
        }
    }
}

/// So many at once take turns until the time is over or nothing is left; one that fails, fails all.
/// Gives how many turns there were, too.
async fn drive<T, Go, Gone>(
    turns: VecDeque<T>,
    at_once: u32,
    seconds: f64,
    go: Go,
) -> Result<(Rate, f64)>
where
    T: Send + 'static,
    Go: Fn(T) -> Gone + Clone + Send + 'static,
    Gone: Future<Output = Result<()>> + Send + 'static,
{
    let heap = Arc::new(Mutex::new(turns));
    let since = Instant::now();
    let until = since + Duration::from_secs_f64(seconds);
    let mut buyers = JoinSet::new();
    for _ in 0..at_once {
        let (heap, go) = (heap.clone(), go.clone());
        buyers.spawn(async move {
            let mut took = Vec::new();
            while Instant::now() < until {
                let turn = heap
                    .lock()
                    .expect("nobody panics with the lock")
                    .pop_front();
                let Some(turn) = turn else { break };
                let began = Instant::now();
                go(turn).await?;
                took.push(began.elapsed().as_secs_f64() * 1e3);
            }
            anyhow::Ok((took, Instant::now()))
        });
    }
    let mut took = Vec::new();
    let mut ended = since;
    for buyer in buyers.join_all().await {
        let (turns, end) = buyer?;
        took.extend(turns);
        ended = ended.max(end);
    }
    ensure!(!took.is_empty(), "nobody had a turn");
    let rate = rate(took, (ended - since).as_secs_f64());
    let count = rate.per_second * (ended - since).as_secs_f64();
    Ok((rate, count))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "some thousands"
)]
fn count(of: f64) -> usize {
    of.ceil() as usize
}
