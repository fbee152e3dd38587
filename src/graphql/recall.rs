//! How requests come by answers that were given before: [`Api::recall`] before anything is read,
//! and the turn of those who ask the same at once.

use std::sync::Arc;
use std::time::Instant;

use async_graphql::Request;
use entity::channels;

use super::answers::{Again, Key, Ticket, Turn, is_allowed};
use super::api::{Api, Ask, Operation, Outcome, Reached};
use super::documents::Opened;
use super::tally::Tally;
use crate::db::Reader;
use crate::kernel::error::Fault;
use crate::kernel::permission::Role;
use crate::write::Door;

/// What decides which answer is meant, besides the operation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// The channel that is asked for by its code.
    pub channel: Option<&'a str>,
    /// The language that is asked for.
    pub language: Option<&'a str>,
    /// The consistency token of the client's last write.
    pub token: Option<&'a str>,
    /// Whether the client wants no answer that was given before.
    pub afresh: bool,
}

/// How an operation gets to the rows.
pub(super) struct Way {
    pub door: Door,
    pub read: Reader,
    pub header_key: Option<String>,
    pub mutates: bool,
}

/// An answer, and whether it is good for others too.
pub(super) struct Executed {
    pub reached: Reached,
    /// It has no errors.
    pub faultless: bool,
    /// A resolver looked at who asks, or at the time.
    pub private: bool,
}

impl From<Again> for Reached {
    fn from(again: Again) -> Self {
        Self {
            json: again.json,
            outcome: Outcome::Ran,
            statements: 0,
            etag: Some(again.etag),
            again: Some(again.forms),
        }
    }
}

impl Api {
    /// The answer that a guest was given to the same before, if it still holds: no statement is
    /// run, and nothing is parsed.
    pub fn recall(&self, operation: &Operation, place: Place<'_>) -> Option<Reached> {
        if place.afresh || !self.answers.keeps() || !self.answers.may_recall(place.token) {
            return None;
        }
        let began = Instant::now();
        let key = Key {
            text: self.documents.text(operation).ok()?.text,
            operation: operation.name.clone(),
            variables: operation.variables.to_string(),
            channel: place.channel.map(str::to_owned),
            language: place.language.map(str::to_owned),
            role: Role::Guest,
        };
        let again = self.answers.recall(&key)?;
        Tally::again(&self.names, again.title.as_deref(), began.elapsed());
        Some(again.into())
    }

    /// What a request needs for [`Ask::ticket`]; taken before anything is read for it.
    pub fn ticket(&self, place: Place<'_>) -> Option<Ticket> {
        let ticket = self.answers.ticket(place.channel, place.token);
        ticket.filter(|_| !place.afresh)
    }

    /// The channel that is asked for, else the default one; read only if it may have changed.
    pub async fn channel(&self, place: Place<'_>) -> Result<Option<channels::Model>, Fault> {
        let read = self.door().reader();
        let (code, token) = (place.channel, place.token);
        self.channels.find(&self.answers, &read, code, token).await
    }

    /// Whether nothing says that the clock of the sandbox has moved since.
    pub fn clock_stands(&self, since: u64) -> bool {
        let generations = self.answers.generations();
        self.answers.may_recall(None)
            && generations.holds(since)
            && generations.table("sandbox_clocks").holds(since)
    }

    /// Where the generations stand.
    pub fn generation(&self) -> u64 {
        self.answers.generations().now()
    }

    /// Answers for all who ask the same at once.
    pub(super) async fn shared(
        &self,
        key: Key,
        title: Option<Arc<str>>,
        request: Request,
        ask: Ask,
    ) -> Reached {
        let first = match self.answers.turn(key).await {
            Turn::Again(again) => return again.into(),
            Turn::Alone => return self.answer(request, ask, false, 0).await,
            Turn::First(first) => first,
        };
        let Some(since) = ask.ticket.as_ref().map(|ticket| ticket.since) else {
            return self.answer(request, ask, false, 0).await;
        };
        let read = self.door().reader().noting();
        let way = Way {
            door: self.door().clone(),
            read: read.clone(),
            header_key: None,
            mutates: false,
        };
        let executed = self.execute(request, ask, way).await;
        let mut reached = executed.reached;
        if !executed.faultless || reached.outcome != Outcome::Ran {
            first.fail();
        } else if executed.private {
            first.never();
        } else {
            reached.etag = first.keep(&reached.json, title, &read, since);
        }
        reached
    }
}

/// What the answer would be kept under, if it may be kept.
pub(super) fn key(opened: &Opened, ask: &Ask) -> Option<Key> {
    let ticket = ask.ticket.as_ref()?;
    let role = ask.caller.role;
    let operation = opened.operation()?;
    let may = matches!(role, Role::Guest | Role::Shopper)
        && is_allowed(&opened.document.document, operation);
    may.then(|| Key {
        text: opened.text.clone(),
        operation: opened.name.clone(),
        variables: opened.sent.clone(),
        channel: ticket.channel.clone(),
        language: ask.language.clone(),
        role,
    })
}
