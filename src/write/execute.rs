//! The door itself, on one screen: [`Door::execute`] and the steps it takes.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::command::{Before, Command, Evidence, KeyRule};
use super::feed::Feed;
use super::generations::Generations;
use super::idempotency::{self, Key};
use super::once::{self, Binding};
use super::registry::Card;
use super::session::Write;
use super::{audit, hot, outbox, retry};
use crate::db::portable::recount;
use crate::db::{Db, Reader, Savepoint};
use crate::kernel::caller::Caller;
use crate::kernel::clock::Clock;
use crate::kernel::error::{Code, Fault, Refused, Stop};
use crate::kernel::secret::SecretKey;
use crate::meter;

/// The output of a verb, and whether it is the answer of an earlier request with the same key.
#[derive(Debug)]
pub struct Done<O> {
    /// Ids and codes.
    pub output: O,
    /// Whether the work was done before.
    pub replayed: bool,
}

/// The way to write.
#[derive(Clone)]
pub struct Door {
    db: Db,
    clock: Arc<dyn Clock>,
    secret: SecretKey,
    feed: Feed,
    generations: Arc<Generations>,
    last: Option<Arc<AtomicI64>>,
    trial: Option<Savepoint>,
    trials: Arc<Semaphore>,
}

/// A dry run: a door whose writes all go away when it is dropped.
pub struct DryRun {
    /// The door to use.
    pub door: Door,
    /// Reads what the dry run wrote.
    pub reader: Reader,
    _one_at_a_time: OwnedSemaphorePermit,
}

impl Door {
    /// The door of a database.
    pub fn new(db: Db, clock: Arc<dyn Clock>, secret: SecretKey) -> Self {
        Self {
            db,
            clock,
            secret,
            feed: Feed::default(),
            generations: Arc::default(),
            last: None,
            trial: None,
            trials: Arc::new(Semaphore::new(1)),
        }
    }

    /// A reader on committed rows, or on those of the dry run.
    pub fn reader(&self) -> Reader {
        self.trial
            .as_ref()
            .map_or_else(|| self.db.reader(), Savepoint::reader)
    }

    /// A reader that sees one moment, for an answer of several statements; see [`Db::view`].
    pub async fn view(&self) -> Result<Reader, Fault> {
        Ok(self.db.view().await?)
    }

    /// Has the database plan for what was just written by the thousand.
    pub async fn recount(&self) -> Result<(), Fault> {
        recount(&self.db).await
    }

    /// The clock in use.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// The key of the installation.
    pub fn secret_key(&self) -> &SecretKey {
        &self.secret
    }

    /// Hands on what has been committed.
    pub fn feed(&self) -> &Feed {
        &self.feed
    }

    /// Which tables have changed, and when.
    pub fn generations(&self) -> &Arc<Generations> {
        &self.generations
    }

    /// The same door, which notes where in the outbox its last commit stands.
    #[must_use]
    pub fn noting(self, last: Arc<AtomicI64>) -> Self {
        Self {
            last: Some(last),
            ..self
        }
    }

    /// Begins a dry run; one at a time.
    pub async fn dry_run(&self) -> Result<DryRun, Fault> {
        let permit = self
            .trials
            .clone()
            .acquire_owned()
            .await
            .map_err(|_| Fault::Busy)?;
        let savepoint = self.db.begin().await?.into_savepoint();
        let reader = savepoint.reader();
        let door = Self {
            trial: Some(savepoint),
            ..self.clone()
        };
        Ok(DryRun {
            door,
            reader,
            _one_at_a_time: permit,
        })
    }

    /// Carries out a verb. Runs on a task of its own: a client that leaves cancels the answer,
    /// not the work.
    pub async fn execute<C: Command>(
        &self,
        caller: &Caller,
        key: Option<Key>,
        command: C,
    ) -> Result<Done<C::Output>, Stop> {
        let (door, caller) = (self.clone(), caller.clone());
        let work = tokio::spawn(async move { door.metered(caller, key, &command).await });
        let (value, replayed) = work
            .await
            .map_err(|error| Fault::Internal(Box::new(error)))??;
        let output =
            serde_json::from_value(value).map_err(|error| Fault::Internal(Box::new(error)))?;
        Ok(Done { output, replayed })
    }

    /// Carries out and counts.
    async fn metered(
        &self,
        caller: Caller,
        key: Option<Key>,
        command: &dyn Erased,
    ) -> Result<(Value, bool), Stop> {
        let (began, name) = (Instant::now(), command.card().name);
        let _running = meter::command_begins();
        let result = self.carry_out(caller, key, command).await;
        let outcome = match &result {
            Ok((_, replayed)) if *replayed => "replayed",
            Ok(_) => "done",
            Err(Stop::Refused(refused)) => {
                for one in refused {
                    meter::command_refused(name, &format!("{:?}", one.code));
                }
                "refused"
            }
            Err(Stop::Fault(Fault::Forbidden(_) | Fault::Unauthenticated(_))) => "refused",
            Err(Stop::Stale | Stop::Fault(Fault::Busy)) => "busy",
            Err(Stop::Fault(_)) => "failed",
        };
        meter::command_ends(name, outcome, began.elapsed());
        result
    }

    async fn carry_out(
        &self,
        caller: Caller,
        key: Option<Key>,
        command: &dyn Erased,
    ) -> Result<(Value, bool), Stop> {
        let card = command.card();
        caller.may(card.permission)?;
        let binding = self.binding(&caller, key.as_ref(), command)?;
        let (mut busy, mut planned) = (0, 0);
        loop {
            let before = self.before(&caller);
            let prepared = command.prepare(&before).await?;
            let attempt = self.attempt(before, command, prepared.as_ref(), binding.as_ref());
            match attempt.await {
                Err(Stop::Fault(Fault::Busy)) if busy + 1 < retry::ATTEMPTS => {
                    busy += 1;
                    meter::command_again(card.name, "busy");
                    retry::pause(busy).await;
                }
                Err(Stop::Stale) if planned < 5 => {
                    planned += 1;
                    meter::command_again(card.name, "stale");
                }
                Err(Stop::Stale) => return Err(Fault::Busy.into()),
                Ok(Attempt::Short(_)) if planned < 1 => {
                    planned += 1;
                    meter::command_again(card.name, "short");
                }
                Ok(Attempt::Short(refused)) => return Err(refused.into()),
                Ok(Attempt::Done(value, replayed)) => return Ok((value, replayed)),
                Err(stop) => return Err(stop),
            }
        }
    }

    /// Everything between begin and commit.
    async fn attempt(
        &self,
        before: Before,
        command: &dyn Erased,
        prepared: &(dyn Any + Send + Sync),
        binding: Option<&(Binding, String)>,
    ) -> Result<Attempt, Stop> {
        let waiting = meter::door_waits();
        let transaction = match &self.trial {
            Some(savepoint) => savepoint.begin().await?,
            None => self.db.begin().await?,
        };
        drop(waiting);
        let mut w = Write::new(transaction, before);
        if let Some((binding, hash)) = binding {
            if let Some(stored) = once::bind(&w, binding).await? {
                return Ok(Attempt::Done(stored, true));
            }
            w.key_hash = Some(hash.clone());
        }
        let output = command.run(prepared, &mut w).await?;
        if let Some(refused) = self.seal(&mut w, command.card(), binding, &output).await? {
            return Ok(Attempt::Short(refused));
        }
        let (written, position) = (w.take_written(), w.position);
        if self.trial.is_none() {
            self.generations.awaits(&w.told);
        }
        let committed = w.commit().await;
        if self.trial.is_none() {
            // Also where the commit failed: it may have come through and not been acknowledged.
            self.generations.committed(&written);
            self.feed.wake();
            if let (Some(last), Some(position)) = (&self.last, position) {
                last.fetch_max(position, Ordering::SeqCst);
            }
        }
        committed?;
        Ok(Attempt::Done(output, false))
    }

    /// Evidence, the stored output, and the hot rows last.
    async fn seal(
        &self,
        w: &mut Write,
        card: Card,
        binding: Option<&(Binding, String)>,
        output: &Value,
    ) -> Result<Option<Refused>, Fault> {
        let silent = w.entries.is_empty() && card.evidence == Evidence::Audited;
        if silent && (w.wrote() || !w.hot.is_empty()) {
            return Err(Fault::bug(format!(
                "{} changed something and recorded nothing",
                card.name
            )));
        }
        let heads = audit::write(w).await?;
        outbox::write(w, &heads).await?;
        if let Some((binding, _)) = binding {
            once::keep(w, binding, output).await?;
        }
        hot::apply(w).await
    }

    fn before(&self, caller: &Caller) -> Before {
        Before {
            read: self.reader(),
            caller: caller.clone(),
            now: self.clock.now(),
            real: self.clock.real(),
            secret: self.secret.clone(),
        }
    }

    fn binding(
        &self,
        caller: &Caller,
        key: Option<&Key>,
        command: &dyn Erased,
    ) -> Result<Option<(Binding, String)>, Stop> {
        let card = command.card();
        if self.trial.is_some() {
            let message = "This mutation shows a secret once and cannot be tried without effect.";
            let refused = Refused::new(Code::DryRunUnsupported, message);
            return if card.dry_run {
                Ok(None)
            } else {
                Err(refused.into())
            };
        }
        let Some(key) = key.filter(|_| card.key != KeyRule::Ignored) else {
            let system = matches!(caller.actor, crate::kernel::caller::Actor::System(_));
            if card.key == KeyRule::Demanded && !system {
                let message = "This mutation moves money, stock or an order: give a key.";
                let refused = Refused::new(Code::IdempotencyKeyRequired, message);
                return Err(refused.at("input.idempotencyKey").into());
            }
            return Ok(None);
        };
        let binding = Binding {
            actor: idempotency::identity(caller)?,
            key: key.as_str().to_owned(),
            command: card.name,
            fingerprint: command.fingerprint()?,
            rule: card.key,
        };
        Ok(Some((binding, key.hash())))
    }
}

enum Attempt {
    Done(Value, bool),
    Short(Refused),
}

type Boxed<'a, T> = Pin<Box<dyn Future<Output = Result<T, Stop>> + Send + 'a>>;
type Prepared = Box<dyn Any + Send + Sync>;

/// A command without its types, so that the door is compiled once and not per verb.
trait Erased: Send + Sync {
    fn card(&self) -> Card;
    fn fingerprint(&self) -> Result<String, Fault>;
    fn prepare<'a>(&'a self, before: &'a Before) -> Boxed<'a, Prepared>;
    fn run<'a>(
        &'a self,
        prepared: &'a (dyn Any + Send + Sync),
        w: &'a mut Write,
    ) -> Boxed<'a, Value>;
}

impl<C: Command> Erased for C {
    fn card(&self) -> Card {
        Card::of::<C>()
    }

    fn fingerprint(&self) -> Result<String, Fault> {
        idempotency::fingerprint(self)
    }

    fn prepare<'a>(&'a self, before: &'a Before) -> Boxed<'a, Prepared> {
        Box::pin(async move {
            let prepared = Command::prepare(self, before).await?;
            Ok(Box::new(prepared) as Prepared)
        })
    }

    fn run<'a>(
        &'a self,
        prepared: &'a (dyn Any + Send + Sync),
        w: &'a mut Write,
    ) -> Boxed<'a, Value> {
        Box::pin(async move {
            let prepared = prepared
                .downcast_ref::<C::Prepared>()
                .ok_or_else(|| Fault::bug("prepared for another command"))?;
            let output = Command::run(self, prepared, w).await?;
            serde_json::to_value(output).map_err(|error| Fault::Internal(Box::new(error)).into())
        })
    }
}
