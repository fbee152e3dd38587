//! A socket: carries out what [`Talk`] decides, one socket a task.
//!
//! Operations are asked for more only when the socket has taken what came before: a client that does not read stops its own subscriptions, nobody else's, and is
//! let go when it has not read for long.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use futures_util::stream::{AbortHandle, BoxStream, SelectAll};
use futures_util::{StreamExt, stream};
use serde_json::{Map, Value};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep, timeout};

use super::dialect::Dialect;
use super::message::Asked;
use super::talk::{Act, Answer, Talk};
use crate::graphql::{Operation, Outcome, Reached};
use crate::http::{Front, live};
use crate::kernel::error::Code;

/// What a client says in `connection_init` instead of in headers, which a browser cannot set.
const SAID: [&str; 5] = [
    "authorization",
    "x-channel",
    "x-cart-token",
    "x-order-token",
    "accept-language",
];

/// How long a client has to take leave.
const FAREWELL: Duration = Duration::from_secs(2);

/// One step of an operation: an answer, or its end.
struct Step {
    id: Arc<str>,
    serial: u64,
    reached: Option<Reached>,
}

struct Session {
    socket: WebSocket,
    talk: Talk,
    front: Front,
    headers: HeaderMap,
    running: SelectAll<BoxStream<'static, Step>>,
    handles: HashMap<String, (u64, AbortHandle)>,
    serial: u64,
}

/// Whether the socket stays open.
#[derive(PartialEq, Eq)]
enum Goes {
    On,
    Off,
}

/// Serves a socket until either side has had enough.
pub async fn serve(
    mut socket: WebSocket,
    dialect: Option<Dialect>,
    front: Front,
    headers: HeaderMap,
    _seat: OwnedSemaphorePermit,
) {
    let Some(dialect) = dialect else {
        let why = "Subprotocol not acceptable".to_owned();
        farewell(&mut socket, 4406, why).await;
        return;
    };
    let session = Session {
        talk: Talk::new(dialect, front.live.bounds.operations),
        socket,
        front,
        headers,
        running: SelectAll::new(),
        handles: HashMap::new(),
        serial: 0,
    };
    // On the heap, so that a task that waits is small.
    Box::pin(session.run()).await;
}

impl Session {
    async fn run(mut self) {
        let bounds = self.front.live.bounds.clone();
        let begins = sleep(bounds.init);
        tokio::pin!(begins);
        let mut beats = interval_at(Instant::now() + bounds.beat, bounds.beat);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut silent = 0;
        loop {
            let acts = tokio::select! {
                message = self.socket.recv() => {
                    silent = 0;
                    match message {
                        Some(Ok(Message::Text(text))) => self.talk.hear(&text),
                        Some(Ok(Message::Binary(_))) => Talk::hear_bytes(),
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Vec::new(),
                        Some(Ok(Message::Close(_))) | None => return,
                        Some(Err(error)) => vec![unreadable(&error)],
                    }
                }
                Some(step) = self.running.next() => self.step(&step),
                () = &mut begins, if !self.talk.has_begun() => Talk::overdue(),
                _ = beats.tick() => {
                    silent += 1;
                    if silent > 2 {
                        return;
                    }
                    if self.ping().await == Goes::Off {
                        return;
                    }
                    self.talk.beat()
                }
                () = self.front.live.closing.cancelled() => {
                    vec![Act::Close(1001, "The server is stopping".to_owned())]
                }
            };
            if self.carry_out(acts).await == Goes::Off {
                return;
            }
        }
    }

    async fn carry_out(&mut self, acts: Vec<Act>) -> Goes {
        let mut acts: std::collections::VecDeque<Act> = acts.into();
        while let Some(act) = acts.pop_front() {
            match act {
                Act::Send(text) => {
                    if self.send(Message::Text(text.into())).await == Goes::Off {
                        return Goes::Off;
                    }
                }
                Act::Admit(payload) => acts.extend(self.admit(payload).await),
                Act::Start(id, asked) => self.start(id, asked),
                Act::Stop(id) => self.stop(&id),
                Act::Close(code, why) => {
                    self.handles.clear();
                    self.running.clear();
                    farewell(&mut self.socket, code, why).await;
                    return Goes::Off;
                }
            }
        }
        Goes::On
    }

    /// Learns who it is.
    async fn admit(&mut self, payload: Map<String, Value>) -> Vec<Act> {
        say(&mut self.headers, &payload);
        match live::admitted(&self.front, &self.headers).await {
            Ok(()) => self.talk.admitted(),
            Err(error) => {
                let reached = Reached::refused(error);
                let response: Value = serde_json::from_slice(&reached.json).unwrap_or_default();
                let why = response["errors"][0]["message"]
                    .as_str()
                    .unwrap_or_default();
                self.talk.refused(code_of(reached.outcome), why)
            }
        }
    }

    fn start(&mut self, id: String, asked: Asked) {
        self.serial += 1;
        let (serial, name): (u64, Arc<str>) = (self.serial, id.as_str().into());
        let operation = Operation {
            query: asked.query,
            document_id: asked.document_id,
            name: asked.operation_name,
            variables: asked.variables,
            extensions: asked.extensions,
            read_only: false,
        };
        let answers = live::answers(&self.front, self.headers.clone(), operation);
        let (answers, handle) = stream::abortable(answers);
        let last = stream::once(std::future::ready(None));
        let steps = answers.map(Some).chain(last).map(move |reached| Step {
            id: name.clone(),
            serial,
            reached,
        });
        self.handles.insert(id, (serial, handle));
        self.running.push(steps.boxed());
    }

    fn stop(&mut self, id: &str) {
        if let Some((_, handle)) = self.handles.remove(id) {
            handle.abort();
        }
    }

    fn step(&mut self, step: &Step) -> Vec<Act> {
        let current = self.handles.get(&*step.id);
        if current.is_none_or(|(serial, _)| *serial != step.serial) {
            // It was stopped, and its id may mean another by now.
            return Vec::new();
        }
        let Some(reached) = &step.reached else {
            self.handles.remove(&*step.id);
            return self.talk.ended(&step.id);
        };
        if reached.outcome == Outcome::Refused(Code::Unauthenticated) {
            // The token of the socket has ended: clients come again with a fresh one.
            return self
                .talk
                .refused(4403, "Forbidden: the access token does not hold");
        }
        let answer = Answer {
            json: std::str::from_utf8(&reached.json).unwrap_or("null"),
            ran: reached.outcome == Outcome::Ran,
        };
        self.talk.answered(&step.id, answer)
    }

    async fn ping(&mut self) -> Goes {
        self.send(Message::Ping(axum::body::Bytes::new())).await
    }

    /// Sends, if the client takes it in time.
    async fn send(&mut self, message: Message) -> Goes {
        let sent = timeout(self.front.live.bounds.patience, self.socket.send(message));
        match sent.await {
            Ok(Ok(())) => Goes::On,
            Ok(Err(_)) => Goes::Off,
            Err(_) => {
                tracing::debug!("a socket was let go: its client does not read");
                Goes::Off
            }
        }
    }
}

/// What the client said stands where headers stand for others.
fn say(headers: &mut HeaderMap, payload: &Map<String, Value>) {
    let mut said = |name: &str, value: &Value| {
        let name = name.to_ascii_lowercase();
        let ours = SAID.iter().find(|one| **one == name);
        if let (Some(name), Some(text)) = (ours, value.as_str())
            && let Ok(value) = HeaderValue::from_str(text)
        {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    // Some clients keep them in an object of their own.
    if let Some(Value::Object(nested)) = payload.get("headers") {
        nested.iter().for_each(|(name, value)| said(name, value));
    }
    payload.iter().for_each(|(name, value)| said(name, value));
}

/// The code that tells a client whether to come again: 4403 with another token, 1013 later, 4400
/// not at all.
fn code_of(outcome: Outcome) -> u16 {
    match outcome {
        Outcome::Refused(Code::Unauthenticated) => 4403,
        Outcome::Refused(code) if code.retryable() => 1013,
        Outcome::Refused(_) | Outcome::Ran | Outcome::NotReadOnly => 4400,
    }
}

/// Takes leave, and waits a moment for the client to do so too: what it has not read by then may be
/// lost with the connection.
async fn farewell(socket: &mut WebSocket, code: u16, why: String) {
    let frame = CloseFrame {
        code,
        reason: why.into(),
    };
    let leave = async {
        if socket.send(Message::Close(Some(frame))).await.is_err() {
            return;
        }
        loop {
            match socket.recv().await {
                Some(Ok(Message::Close(_))) | None => return,
                Some(Ok(_)) => {}
                // The rest of what we could not read; to hang up on it would take our words back.
                Some(Err(_)) => return std::future::pending().await,
            }
        }
    };
    // A client that does not take leave is left without.
    let _ = timeout(FAREWELL, leave).await;
}

/// What cannot be read closes as RFC 6455 says: 1009 too big, 1007 no UTF-8, 1002 anything else.
fn unreadable(error: &axum::Error) -> Act {
    use tungstenite::Error;
    let inner = std::error::Error::source(error).and_then(|source| source.downcast_ref::<Error>());
    let (code, why) = match inner {
        Some(Error::Capacity(_)) => (1009, "The message is too big"),
        Some(Error::Utf8(_)) => (1007, "Text is UTF-8"),
        _ => (1002, "Protocol error"),
    };
    Act::Close(code, why.to_owned())
}
