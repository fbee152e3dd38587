//! Loaders: rows by key, many keys in one statement, within one request.
//!
//! Batches run on the request's own task, and only when no field can go on without one: keys of a
//! level are always in one statement, and an idle server loses no millisecond. A request that mutates
//! uses no cache, so that its payload reads what was committed.

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use async_graphql::Context;
use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use async_graphql::runtime::Timer;
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::task::{FutureObj, Spawn, SpawnError};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::error::AppError;
use crate::db::Reader;
use crate::kernel::error::Fault;

/// Batches start at once: by then all fields of their level have asked.
struct NoDelay;

impl Timer for NoDelay {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// Hands batches to the request's own task.
struct SameTask(UnboundedSender<FutureObj<'static, ()>>);

impl Spawn for SameTask {
    fn spawn_obj(&self, batch: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        self.0.send(batch).map_err(|_| SpawnError::shutdown())
    }
}

/// The batches of a request, to be driven by [`drive`].
pub(super) struct Batches(UnboundedReceiver<FutureObj<'static, ()>>);

/// Runs a request with its batches: a batch runs only when no field can go on without it, so that
/// the keys of a level are always in one statement.
pub(super) async fn drive<F: Future>(request: F, mut batches: Batches) -> F::Output {
    let mut request = std::pin::pin!(request);
    let mut running = FuturesUnordered::new();
    std::future::poll_fn(|cx| {
        loop {
            if let Poll::Ready(output) = request.as_mut().poll(cx) {
                return Poll::Ready(output);
            }
            let mut moved = false;
            while let Ok(batch) = batches.0.try_recv() {
                running.push(batch);
                moved = true;
            }
            moved |= matches!(running.poll_next_unpin(cx), Poll::Ready(Some(())));
            if !moved {
                return Poll::Pending;
            }
        }
    })
    .await
}

/// Where loaders read. Each kind of key implements [`Loader`] for this in its area's folder.
pub struct Rows {
    /// The request's reader.
    pub read: Reader,
}

/// The loaders of one request.
pub type Loaders = DataLoader<Rows, HashMapCache>;

/// A fault that several waiting fields share.
#[derive(Clone, Debug)]
pub struct LoadFault(Arc<Fault>);

impl From<Fault> for LoadFault {
    fn from(fault: Fault) -> Self {
        Self(Arc::new(fault))
    }
}

impl From<LoadFault> for AppError {
    fn from(fault: LoadFault) -> Self {
        match Arc::try_unwrap(fault.0) {
            Ok(fault) => fault.into(),
            Err(shared) => match shared.code() {
                crate::kernel::error::Code::Busy => Fault::Busy.into(),
                _ => Fault::bug(format!("{shared:?}")).into(),
            },
        }
    }
}

/// New loaders for a request; one that mutates caches nothing.
pub(super) fn loaders(read: Reader, mutates: bool) -> (Loaders, Batches) {
    let (sender, receiver) = unbounded_channel();
    let cache = HashMapCache::default();
    let loaders = DataLoader::with_cache(Rows { read }, SameTask(sender), NoDelay, cache);
    loaders.enable_all_cache(!mutates);
    (loaders, Batches(receiver))
}

/// Loads one value by key, together with all others asked for at this level.
pub async fn load<K>(
    ctx: &Context<'_>,
    key: K,
) -> Result<Option<<Rows as Loader<K>>::Value>, AppError>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    Rows: Loader<K, Error = LoadFault>,
{
    let loaders = ctx
        .data::<Loaders>()
        .map_err(|_| Fault::bug("a request without loaders"))?;
    Ok(loaders.load_one(key).await?)
}

/// Loads what fields will ask for one by one, in one go. A key without a value is given `nothing`,
/// so that it is not looked for again. For queries: a request that mutates remembers nothing.
pub async fn ahead<K>(
    ctx: &Context<'_>,
    keys: Vec<K>,
    nothing: <Rows as Loader<K>>::Value,
) -> Result<HashMap<K, <Rows as Loader<K>>::Value>, AppError>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    Rows: Loader<K, Error = LoadFault>,
{
    let loaders = ctx
        .data::<Loaders>()
        .map_err(|_| Fault::bug("a request without loaders"))?;
    let mut found = loaders.load_many(keys.iter().cloned()).await?;
    let missing: Vec<K> = keys
        .into_iter()
        .filter(|key| !found.contains_key(key))
        .collect();
    let missing = missing.into_iter().map(|key| (key, nothing.clone()));
    let missing: Vec<_> = missing.collect();
    loaders.feed_many(missing.iter().cloned()).await;
    found.extend(missing);
    Ok(found)
}

/// As [`load`], for payloads: the fault stays a fault.
pub async fn fetch<K>(
    ctx: &Context<'_>,
    key: K,
) -> Result<Option<<Rows as Loader<K>>::Value>, Fault>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    Rows: Loader<K, Error = LoadFault>,
{
    let loaders = ctx
        .data::<Loaders>()
        .map_err(|_| Fault::bug("a request without loaders"))?;
    loaders
        .load_one(key)
        .await
        .map_err(|fault| match Arc::try_unwrap(fault.0) {
            Ok(fault) => fault,
            Err(shared) => Fault::bug(format!("{shared:?}")),
        })
}
