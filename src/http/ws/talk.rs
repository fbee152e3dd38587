//! What is said when: the two sub-protocols as a machine that knows no socket. Pure.
//!
//! `graphql-transport-ws` to the letter of its text, with its close codes. The older one has no
//! text that anybody keeps; its codes are the same, and what it lacks follows what its clients do.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::dialect::Dialect;
use super::message::{self, Asked, Heard};
use crate::http::params::Malformed;

/// What is to be done, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Send the text.
    Send(String),
    /// See who it is; then [`Talk::admitted`] or [`Talk::refused`].
    Admit(Map<String, Value>),
    /// Begin the operation.
    Start(String, Asked),
    /// End it; nothing of it is sent any more.
    Stop(String),
    /// Close the socket.
    Close(u16, String),
}

/// One answer of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The response.
    pub json: &'a str,
    /// Whether anything ran.
    pub ran: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Waiting,
    Admitting,
    Open,
}

/// A conversation.
#[derive(Debug)]
pub struct Talk {
    dialect: Dialect,
    stage: Stage,
    running: HashSet<String>,
    most: usize,
}

type Acts = Vec<Act>;

impl Talk {
    /// A conversation that has not begun, with at most so many operations at a time.
    pub fn new(dialect: Dialect, most: usize) -> Self {
        Self {
            dialect,
            stage: Stage::Waiting,
            running: HashSet::new(),
            most,
        }
    }

    /// Whether the client has said who it is.
    pub fn has_begun(&self) -> bool {
        self.stage != Stage::Waiting
    }

    /// The client says something.
    pub fn hear(&mut self, text: &str) -> Acts {
        let heard = Heard::read(text).and_then(|heard| match self.dialect {
            Dialect::Transport => self.hear_new(heard),
            Dialect::Old => self.hear_old(heard),
        });
        heard.unwrap_or_else(malformed)
    }

    /// The client sends bytes that are no text.
    pub fn hear_bytes() -> Acts {
        malformed("Messages are text.")
    }

    /// The client has not said who it is in time.
    pub fn overdue() -> Acts {
        close(4408, "Connection initialisation timeout")
    }

    /// Nothing has happened for a while.
    pub fn beat(&self) -> Acts {
        match (self.dialect, self.stage) {
            (Dialect::Old, Stage::Open) => vec![Act::Send(message::plain("ka"))],
            (Dialect::Transport, _) | (Dialect::Old, Stage::Waiting | Stage::Admitting) => {
                Vec::new()
            }
        }
    }

    /// The client may go on.
    pub fn admitted(&mut self) -> Acts {
        self.stage = Stage::Open;
        let mut acts = vec![Act::Send(message::plain("connection_ack"))];
        acts.extend(self.beat());
        acts
    }

    /// The client may not, for this reason; `code` is 4403 where its token is what is wrong.
    pub fn refused(&self, code: u16, why: &str) -> Acts {
        let mut acts = Vec::new();
        if self.dialect == Dialect::Old {
            let reason = json!({ "message": why });
            acts.push(Act::Send(message::with("connection_error", &reason)));
        }
        acts.extend(close(code, why));
        acts
    }

    /// An operation has an answer.
    pub fn answered(&mut self, id: &str, answer: Answer<'_>) -> Acts {
        if !self.running.contains(id) {
            return Vec::new();
        }
        if answer.ran {
            let kind = match self.dialect {
                Dialect::Transport => "next",
                Dialect::Old => "data",
            };
            return vec![Act::Send(message::carrying(id, kind, answer.json))];
        }
        self.running.remove(id);
        let response: Value = serde_json::from_str(answer.json).unwrap_or_default();
        let errors = response["errors"].clone();
        let payload = match self.dialect {
            Dialect::Transport => errors,
            // One error, as its text has it; and all of them, as some of its clients read it.
            Dialect::Old => {
                let mut first = errors[0].clone();
                if let Some(fields) = first.as_object_mut() {
                    fields.insert("errors".to_owned(), errors);
                }
                first
            }
        };
        let text = message::carrying(id, "error", &payload.to_string());
        vec![Act::Send(text), Act::Stop(id.to_owned())]
    }

    /// An operation has no more answers.
    pub fn ended(&mut self, id: &str) -> Acts {
        if self.running.remove(id) {
            vec![Act::Send(message::about(id, "complete"))]
        } else {
            Vec::new()
        }
    }

    fn hear_new(&mut self, mut heard: Heard) -> Result<Acts, Malformed> {
        match heard.kind.as_str() {
            "connection_init" => self.init(heard),
            "ping" => {
                let pong = match heard.payload()? {
                    Some(fields) => message::with("pong", &Value::Object(fields)),
                    None => message::plain("pong"),
                };
                Ok(vec![Act::Send(pong)])
            }
            "pong" => heard.payload().map(|_| Vec::new()),
            "subscribe" => {
                let (id, asked) = (heard.id()?, heard.asked()?);
                Ok(self.subscribe(id, asked))
            }
            "complete" => {
                let id = heard.id()?;
                let was_running = self.running.remove(&id);
                Ok(was_running.then_some(Act::Stop(id)).into_iter().collect())
            }
            _ => Err("There is no such type of message."),
        }
    }

    fn init(&mut self, mut heard: Heard) -> Result<Acts, Malformed> {
        let payload = heard.payload()?.unwrap_or_default();
        if self.stage != Stage::Waiting {
            return Ok(close(4429, "Too many initialisation requests"));
        }
        self.stage = Stage::Admitting;
        Ok(vec![Act::Admit(payload)])
    }

    fn subscribe(&mut self, id: String, asked: Asked) -> Acts {
        if self.stage != Stage::Open {
            return close(4401, "Unauthorized");
        }
        if self.running.contains(&id) {
            return close(4409, &format!("Subscriber for {id} already exists"));
        }
        self.start(id, asked)
    }

    fn start(&mut self, id: String, asked: Asked) -> Acts {
        let is_full = self.running.len() >= self.most;
        self.running.insert(id.clone());
        if is_full {
            let message = format!(
                "At most {} operations run on a socket at a time.",
                self.most
            );
            let extensions = json!({ "code": "LIMIT_EXCEEDED", "retryable": false });
            let error = json!({ "message": message, "extensions": extensions });
            let json = json!({ "errors": [error] }).to_string();
            let refused = Answer {
                json: &json,
                ran: false,
            };
            return self.answered(&id, refused);
        }
        vec![Act::Start(id, asked)]
    }

    fn hear_old(&mut self, mut heard: Heard) -> Result<Acts, Malformed> {
        match heard.kind.as_str() {
            "connection_init" => self.init(heard),
            "start" => {
                let (id, asked) = (heard.id()?, heard.asked()?);
                if self.stage != Stage::Open {
                    return Ok(self.refused(4401, "Unauthorized"));
                }
                let mut acts = Vec::new();
                if self.running.remove(&id) {
                    acts.push(Act::Stop(id.clone()));
                }
                acts.extend(self.start(id, asked));
                Ok(acts)
            }
            "stop" => {
                let id = heard.id()?;
                let mut acts = vec![Act::Stop(id.clone())];
                // Clients wait for it before they close.
                acts.extend(self.ended(&id));
                Ok(acts)
            }
            "connection_terminate" => Ok(close(1000, "")),
            _ => Err("There is no such type of message."),
        }
    }
}

fn malformed(why: Malformed) -> Acts {
    close(4400, why)
}

/// A reason has at most 123 bytes (RFC 6455, 5.5).
fn close(code: u16, why: &str) -> Acts {
    let mut end = why.len().min(123);
    while !why.is_char_boundary(end) {
        end -= 1;
    }
    vec![Act::Close(
        code,
        why.get(..end).unwrap_or_default().to_owned(),
    )]
}
