//! Subscriptions: operations whose answer goes on.
//!
//! The answer comes at once, and again when an event has made it another. Each time is an
//! execution of its own: the caller is identified anew, loaders are fresh, and guards and scopes
//! decide as they do for a query. So nothing is sent that a query would not answer at that moment,
//! and whoever subscribes first and reads later has no gap. Deliberately absent: transports.

use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant as Tick};

use async_graphql::{Context, Response, Value};
use entity::id::AccountId;
use futures_util::future::BoxFuture;
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;
use uuid::Uuid;

use super::api::{Api, Ask, FAST, Operation, Reached, request};
use super::documents::Opened;
use super::error::AppError;
use super::loader::{drive, loaders};
use crate::domain::access;
use crate::kernel::caller::Caller;
use crate::kernel::clock::Instant;
use crate::kernel::error::{Code, Fault, Refused};
use crate::kernel::permission::Role;
use crate::write::{Feed, Lagged, Watch};

/// Events that a subscriber may leave unheard before it is cut. Those that come while it reads are
/// answered by one reading.
const BACKLOG: usize = 64;

/// Identifies the caller anew, and what else came with the request, when it is its turn.
pub type Renew = Arc<dyn Fn() -> BoxFuture<'static, Result<Renewed, AppError>> + Send + Sync>;

/// What is known anew for one answer.
pub struct Renewed {
    /// Who asks.
    pub ask: Ask,
    /// The turn that the answer has among all that run; nothing where there are no turns.
    pub turn: Vec<OwnedSemaphorePermit>,
}

/// What a subscription waits for; its field says so when it is first resolved.
pub(super) struct Live {
    feed: Feed,
    begun: AtomicBool,
    watch: Mutex<Option<Watch>>,
}

/// The field is told again after events about this. To be called before anything is read.
pub(super) fn watch(ctx: &Context<'_>, id: Uuid) -> Result<(), Fault> {
    let live = ctx.data::<Arc<Live>>();
    let live = live.map_err(|_| Fault::bug("a subscription outside a subscription"))?;
    if !live.begun.swap(true, Ordering::AcqRel) {
        *live.slot() = Some(live.feed.watch(&[id], BACKLOG));
    }
    Ok(())
}

impl Live {
    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Watch>> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One answer of a subscription.
enum Told {
    /// There is more to come.
    Now(Reached),
    /// It cannot be told, now or ever.
    Never(Reached),
    /// What was asked for is not there, or not for this caller.
    NotFound(Reached),
}

/// Why a subscription goes on.
enum Woken {
    News,
    /// Something has happened to the caller's account.
    Account,
    /// The token of the caller should have ended by now.
    TokenEnds,
    Lagged,
}

enum Stage {
    Begin(Operation),
    Live(Opened, Watch, Option<Instant>),
    Over,
}

struct Subscriber {
    api: Arc<Api>,
    renew: Renew,
    live: Arc<Live>,
    /// What was told last, hashed.
    last: Option<u64>,
    /// Hears of the caller's account, if it has one.
    account: Option<(AccountId, Watch)>,
    stage: Stage,
}

impl Api {
    /// Whether the operation is a subscription that could run.
    pub async fn subscribes(&self, operation: &Operation) -> bool {
        let opened = self.open(operation.clone(), Role::Guest).await;
        opened.is_ok_and(|opened| opened.shape.subscribes)
    }

    /// Runs an operation of whatever kind; a subscription answers until it is dropped, what it is
    /// about is gone, the caller may not see it any more, or the caller does not keep up.
    pub fn subscribe(
        self: &Arc<Self>,
        operation: Operation,
        renew: Renew,
    ) -> impl Stream<Item = Reached> + Send + use<> {
        let subscriber = Subscriber {
            api: self.clone(),
            renew,
            live: Arc::new(Live {
                feed: self.door().feed().clone(),
                begun: AtomicBool::new(false),
                watch: Mutex::default(),
            }),
            last: None,
            account: None,
            stage: Stage::Begin(operation),
        };
        stream::unfold(subscriber, |mut subscriber| async move {
            let reached = subscriber.next().await?;
            Some((reached, subscriber))
        })
    }
}

impl Subscriber {
    async fn next(&mut self) -> Option<Reached> {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Begin(operation) => Some(self.begin(operation).await),
            Stage::Live(opened, watch, until) => self.go_on(opened, watch, until).await,
            Stage::Over => None,
        }
    }

    async fn begin(&mut self, operation: Operation) -> Reached {
        let Renewed { ask, turn: _turn } = match (self.renew)().await {
            Ok(renewed) => renewed,
            Err(error) => return Reached::refused(error),
        };
        let (began, read_only) = (Tick::now(), operation.read_only);
        let opened = match self.api.open(operation, ask.caller.role).await {
            Ok(opened) => opened,
            Err(refused) => return refused,
        };
        if !opened.shape.subscribes {
            return self.api.run_opened(opened, read_only, ask, began).await;
        }
        let until = ask.caller.until;
        self.account = ask.caller.account().map(|id| (id, self.hears_of(id)));
        let first = async {
            // From now on nothing is missed.
            self.live.feed.started().await;
            match self.stands(&ask.caller).await {
                Ok(()) => self.api.tell(opened.clone(), ask, &self.live).await,
                Err(fault) => Told::Never(Reached::refused(fault)),
            }
        };
        let told = self.in_time(first).await;
        let watch = self.live.slot().take();
        match (told, watch) {
            (Told::Now(reached), Some(watch)) => {
                self.is_known(&reached);
                self.stage = Stage::Live(opened, watch, until);
                reached
            }
            (Told::Now(reached) | Told::Never(reached) | Told::NotFound(reached), _) => reached,
        }
    }

    async fn go_on(
        &mut self,
        opened: Opened,
        mut watch: Watch,
        mut until: Option<Instant>,
    ) -> Option<Reached> {
        loop {
            let woken = self.wait(&mut watch, until).await;
            if matches!(woken, Woken::Lagged) {
                return Some(Reached::refused(lagged()));
            }
            let Renewed { ask, turn: _turn } = match (self.renew)().await {
                Ok(renewed) => renewed,
                Err(error) => return Some(Reached::refused(error)),
            };
            until = ask.caller.until;
            match woken {
                Woken::News => {}
                Woken::Account => match self.stands(&ask.caller).await {
                    Ok(()) => continue,
                    Err(fault) => return Some(Reached::refused(fault)),
                },
                Woken::TokenEnds | Woken::Lagged => continue,
            }
            let next = self.api.tell(opened.clone(), ask, &self.live);
            return match self.in_time(next).await {
                Told::Now(reached) if self.is_known(&reached) => continue,
                Told::Now(reached) => {
                    self.stage = Stage::Live(opened, watch, until);
                    Some(reached)
                }
                Told::Never(reached) => Some(reached),
                Told::NotFound(_) => None,
            };
        }
    }

    /// Whether it is what was told last; from now on it is.
    fn is_known(&mut self, reached: &Reached) -> bool {
        let mut hasher = DefaultHasher::new();
        reached.json.hash(&mut hasher);
        self.last.replace(hasher.finish()) == Some(hasher.finish())
    }

    /// From now on nothing that happens to the account is missed.
    fn hears_of(&self, account: AccountId) -> Watch {
        self.live.feed.watch(&[account.uuid()], BACKLOG)
    }

    /// Tokens are not looked up, so a query of somebody who was disabled or has signed out is
    /// answered until they end. What goes on is not.
    async fn stands(&self, caller: &Caller) -> Result<(), Fault> {
        let Some(account) = caller.account() else {
            return Ok(());
        };
        let read = self.api.door().reader();
        if access::stands(&read, account, caller.session).await? {
            return Ok(());
        }
        let why = "the account was disabled, or its session has ended; sign in again";
        Err(Fault::Unauthenticated(why))
    }

    /// Waits for news, but not beyond the caller's token.
    async fn wait(&mut self, watch: &mut Watch, until: Option<Instant>) -> Woken {
        let ends = async {
            let Some(until) = until else {
                return std::future::pending().await;
            };
            let left = until - self.api.door().clock().real();
            // A moment later, so that it has ended by every clock.
            let left = left.to_std().unwrap_or_default() + Duration::from_millis(20);
            tokio::time::sleep(left).await;
        };
        let feed = &self.live.feed;
        tokio::select! {
            biased;
            () = about(feed, &mut self.account) => Woken::Account,
            news = watch.next() => match news.and_then(|_| watch.skip()) {
                Ok(()) => Woken::News,
                Err(Lagged) => Woken::Lagged,
            },
            () = ends => Woken::TokenEnds,
        }
    }

    async fn in_time(&self, work: impl Future<Output = Told>) -> Told {
        let told = timeout(self.api.limits().time, work).await;
        told.unwrap_or_else(|_| Told::Never(Reached::refused(Fault::Timeout)))
    }
}

impl Api {
    /// Executes the subscription for what it would answer now.
    async fn tell(&self, opened: Opened, ask: Ask, live: &Arc<Live>) -> Told {
        // All of it is of one moment, after what it tells of was committed.
        let read = match self.door().view().await {
            Ok(read) => read,
            Err(fault) => return Told::Never(Reached::refused(fault)),
        };
        let (call, echo) = self.call(ask, self.door().clone(), read.clone(), None);
        let (loaders, batches) = loaders(read.clone(), false);
        let request = request(opened).data(call).data(loaders);
        let mut answers = FAST.execute_stream(request.data(live.clone()));
        let Some(mut response) = drive(answers.next(), batches).await else {
            return Told::Never(Reached::refused(Fault::bug(
                "a subscription without answer",
            )));
        };
        super::error::mark_bad_requests(&mut response);
        response.extensions.insert("context".to_owned(), echo);
        let failed = response.data == Value::Null && !response.errors.is_empty();
        if !failed {
            return Told::Now(Reached::of(&response, read.statements()));
        }
        let is_missing = is_missing(&response);
        // Nothing was told: as if nothing had run.
        for error in &mut response.errors {
            error.path.clear();
        }
        let reached = Reached::of(&response, read.statements());
        if is_missing {
            Told::NotFound(reached)
        } else {
            Told::Never(reached)
        }
    }
}

/// Ends when something has happened to the account, or may have.
async fn about(feed: &Feed, account: &mut Option<(AccountId, Watch)>) {
    let Some((id, watch)) = account else {
        return std::future::pending().await;
    };
    loop {
        match watch.next().await {
            // A customer's orders name it too.
            Ok(event) if event.aggregate_type != access::ACCOUNT => {}
            Ok(_) => return,
            Err(Lagged) => {
                *watch = feed.watch(&[id.uuid()], BACKLOG);
                return;
            }
        }
    }
}

fn is_missing(response: &Response) -> bool {
    let code = Value::from(super::user_error::name(Code::NotFound));
    let mut errors = response.errors.iter();
    errors.any(|error| {
        let extensions = error.extensions.as_ref();
        extensions.and_then(|all| all.get("code")) == Some(&code)
    })
}

fn lagged() -> Refused {
    let message = "Too many changes were not taken in time: subscribe again and read anew.";
    Refused::new(Code::SubscriptionLagged, message)
}
