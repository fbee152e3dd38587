//! What one request knows: caller, door, reader, channel, language, and the key of its header.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_graphql::Context;
use entity::channels;
use entity::id::TypedId;

use super::error::AppError;
use crate::db::Reader;
use crate::domain::access::Access;
use crate::kernel::caller::Caller;
use crate::kernel::clock::Instant;
use crate::kernel::error::{Fault, Refused, Stop};
use crate::kernel::permission::{Permission, Role};
use crate::process::House;
use crate::write::{Command, Done, Door, Key};

/// One request, as resolvers see it.
pub struct Call {
    /// The way to write.
    pub door: Door,
    /// What processes work with.
    pub house: House,
    /// Signs people in.
    pub access: Access,
    /// Reads; on the transaction in a dry run.
    pub read: Reader,
    /// The channel in use, if the shop has one.
    pub channel: Option<channels::Model>,
    /// The language in use.
    pub language: String,
    /// Whether the sandbox is on.
    pub sandbox: bool,
    pub(super) asker: Asker,
    pub(super) header_key: Option<String>,
    pub(super) replayed: Mutex<Option<bool>>,
}

/// Who asks, and when: whoever looks makes the answer one for this request alone.
pub(super) struct Asker {
    caller: Caller,
    now: Instant,
    looked: AtomicBool,
}

impl Asker {
    /// Nobody has looked yet.
    pub fn new(caller: Caller, now: Instant) -> Self {
        Self {
            caller,
            now,
            looked: AtomicBool::new(false),
        }
    }

    /// Whether somebody has looked.
    pub fn was_looked_at(&self) -> bool {
        self.looked.load(Ordering::Relaxed)
    }

    fn look(&self) -> &Self {
        self.looked.store(true, Ordering::Relaxed);
        self
    }
}

/// The request behind a resolver.
pub fn call<'a>(ctx: &Context<'a>) -> Result<&'a Call, Fault> {
    let call = ctx
        .data::<Arc<Call>>()
        .map_err(|_| Fault::bug("a request without its call"))?;
    Ok(call)
}

impl Call {
    /// Who asks. The answer is then for them alone; what depends on the role only asks for
    /// [`Call::role`].
    pub fn caller(&self) -> &Caller {
        &self.asker.look().caller
    }

    /// The role of who asks.
    pub fn role(&self) -> Role {
        self.asker.caller.role
    }

    /// Whether that role may do this.
    pub fn may(&self, permission: Permission) -> Result<(), Fault> {
        self.asker.caller.may(permission)
    }

    /// The time of business. The answer is then for this moment only.
    pub fn now(&self) -> Instant {
        self.asker.look().now
    }

    /// The channel in use; refused where the shop has none yet.
    pub fn channel(&self) -> Result<&channels::Model, Refused> {
        let missing = || Refused::not_found("channel", "channel; the shop has no default channel");
        self.channel.as_ref().ok_or_else(missing)
    }
}

/// Sends a command through the door. `key` is the input's; the header stands in for it.
pub(super) async fn execute<C: Command>(
    ctx: &Context<'_>,
    key: Option<&str>,
    command: C,
) -> Result<C::Output, Stop> {
    Ok(execute_once(ctx, key, command).await?.output)
}

/// As [`execute`], and tells whether the output is that of an earlier request.
pub(super) async fn execute_once<C: Command>(
    ctx: &Context<'_>,
    key: Option<&str>,
    command: C,
) -> Result<Done<C::Output>, Stop> {
    let call = call(ctx)?;
    let key = pick_key(key, call.header_key.as_deref())?;
    let keyed = key.is_some();
    let Done { output, replayed } = call.door.execute(call.caller(), key, command).await?;
    if keyed {
        let mut flag = call
            .replayed
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *flag = Some(replayed);
    }
    Ok(Done { output, replayed })
}

/// The key of the input, else the header's; both and different is a mistake.
pub(super) fn pick_key(input: Option<&str>, header: Option<&str>) -> Result<Option<Key>, Refused> {
    match (input, header) {
        (Some(input), Some(header)) if input != header => {
            let message = "The input's key and the Idempotency-Key header differ.";
            Err(Refused::invalid("input.idempotencyKey", message))
        }
        (Some(key), _) | (None, Some(key)) => Key::parse(key).map(Some),
        (None, None) => Ok(None),
    }
}

/// Reads an id that a client gave; `path` as in `input.lines.0.variantId`.
pub(super) fn parse_id<T: TypedId>(text: &async_graphql::ID, path: &str) -> Result<T, Refused> {
    text.parse::<T>()
        .map_err(|bad| Refused::invalid(path, bad.to_string()))
}

/// A root query that fails for the client's doing answers a top-level error with code and path.
pub(super) fn refuse_query(stop: Stop) -> AppError {
    AppError::from(stop)
}
