//! [`Api`]: the way in. Runs one operation for one caller; the schema type stays in here.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_graphql::{Request, Response, SDLExportOptions, Schema, ValidationMode, Value, value};
use bytes::Bytes;
use entity::channels;

use super::answers::{Answers, Channels, Forms, Ticket};
use super::context::{Asker, Call};
use super::documents::{Bounds, Documents, Opened};
use super::error::AppError;
use super::loader::{drive, loaders};
use super::recall::{Executed, Way, key};
use super::roots::{Mutation, Query, Subscription};
use super::settings::Settings;
use super::suggest::Seen;
use super::tally::Tally;
use crate::domain::access::Access;
use crate::kernel::caller::Caller;
use crate::kernel::error::{Code, Fault, Refused};
use crate::kernel::permission::Role;
use crate::meter::Names;
use crate::process::House;
use crate::write::Door;

/// Bounds of one operation.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bounds of its document.
    pub document: Bounds,
    /// Time for one request.
    pub time: Duration,
    /// Time for one dry run.
    pub dry_run: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document: Bounds::default(),
            time: Duration::from_secs(10),
            dry_run: Duration::from_secs(2),
        }
    }
}

/// One operation, as a transport read it.
#[derive(Clone)]
pub struct Operation {
    /// The document; not needed where `extensions` or `document_id` name a known one.
    pub query: Option<String>,
    /// The id of a known document.
    pub document_id: Option<String>,
    /// Which operation of it.
    pub name: Option<String>,
    /// Its variables: an object or null.
    pub variables: serde_json::Value,
    /// What else the client says, as in `persistedQuery`.
    pub extensions: Option<serde_json::Value>,
    /// Whether it may only read (GET).
    pub read_only: bool,
}

impl Operation {
    /// Whether it says which document it means, by its text or otherwise.
    pub fn names_a_document(&self) -> bool {
        let extensions = self.extensions.as_ref();
        self.query.is_some()
            || self.document_id.is_some()
            || extensions.is_some_and(|extensions| extensions.get("persistedQuery").is_some())
    }
}

/// What came with a request beside the operation.
pub struct Ask {
    /// Who asks.
    pub caller: Caller,
    /// The channel that `X-Channel` names.
    pub channel: Option<channels::Model>,
    /// The language that was asked for.
    pub language: Option<String>,
    /// The `Idempotency-Key` header.
    pub key: Option<String>,
    /// That the answer may be one that was given before, and may be kept.
    pub ticket: Option<Ticket>,
}

/// How far an operation came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was executed, perhaps with errors.
    Ran,
    /// It was refused before anything ran, for a reason of this code.
    Refused(Code),
    /// It is a mutation, and the transport only reads.
    NotReadOnly,
}

/// The answer to an operation.
pub struct Reached {
    /// The response as JSON; without `data` where nothing ran.
    pub json: Bytes,
    /// How far it came.
    pub outcome: Outcome,
    /// Statements that were run to read.
    pub statements: u64,
    /// Its name for caches elsewhere, if others are given the same.
    pub etag: Option<Arc<str>>,
    /// The forms of one that was given before.
    pub again: Option<Arc<Forms>>,
}

impl Reached {
    /// Nothing ran, for this reason.
    pub fn refused(error: impl Into<AppError>) -> Self {
        let error: AppError = error.into();
        let outcome = Outcome::Refused(error.code());
        let error: async_graphql::Error = error.into();
        let mut error = error.into_server_error(async_graphql::Pos::default());
        // It is about the request, not about a place in the document.
        error.locations.clear();
        Self {
            outcome,
            ..Self::of(&Response::from_errors(vec![error]), 0)
        }
    }

    pub(super) fn of(response: &Response, statements: u64) -> Self {
        let errors = &response.errors;
        let nothing_ran = !errors.is_empty() && errors.iter().all(|error| error.path.is_empty());
        // Written as it is, so that fields come in the order they were asked for.
        let mut json = serde_json::to_vec(response);
        if nothing_ran {
            let mut value = serde_json::to_value(response).unwrap_or_default();
            if let Some(object) = value.as_object_mut() {
                object.remove("data");
            }
            json = serde_json::to_vec(&value);
        }
        let outcome = if nothing_ran {
            Outcome::Refused(Code::BadRequest)
        } else {
            Outcome::Ran
        };
        Self {
            json: json.unwrap_or_default().into(),
            outcome,
            statements,
            etag: None,
            again: None,
        }
    }
}

/// The graph.
pub struct Api {
    house: House,
    access: Access,
    pub(super) documents: Documents,
    pub(super) answers: Answers,
    pub(super) channels: Channels,
    pub(super) names: Names,
    pub(super) seen: Mutex<HashMap<Role, Arc<Seen>>>,
    limits: Limits,
    sandbox: bool,
}

/// The schema.
pub(super) type Graph = Schema<Query, Mutation, Subscription>;

/// Executes documents that have passed the strict rules; the same for all houses of a process.
pub(super) static FAST: LazyLock<Graph> = LazyLock::new(|| {
    let builder = builder().validation_mode(ValidationMode::Fast);
    builder.disable_suggestions().finish()
});

impl Api {
    /// The graph over a house.
    pub fn new(
        house: House,
        access: Access,
        settings: &Settings,
        limits: Limits,
        sandbox: bool,
    ) -> Self {
        Self {
            answers: Answers::new(&house.door, settings.answers_bytes),
            channels: Channels::default(),
            house,
            access,
            documents: Documents::new(settings, &limits.document),
            names: Names::default(),
            seen: Mutex::default(),
            limits,
            sandbox,
        }
    }

    /// The door behind it.
    pub fn door(&self) -> &Door {
        &self.house.door
    }

    /// What processes work with.
    pub fn house(&self) -> &House {
        &self.house
    }

    /// What signs people in.
    pub fn access(&self) -> &Access {
        &self.access
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The whole SDL: the manual of the API.
    pub fn sdl() -> String {
        let options = SDLExportOptions::new()
            .sorted_fields()
            .sorted_arguments()
            .sorted_enum_items()
            .include_specified_by();
        let sdl = builder().finish().sdl_with_options(options);
        format!("{}\n", sdl.trim_end())
    }

    /// The standard introspection result as `role` sees it, as JSON.
    pub async fn introspect(&self, role: Role, query: &str) -> Bytes {
        let caller = Caller {
            role,
            ..Caller::guest("introspection")
        };
        let ask = Ask {
            caller,
            channel: None,
            language: None,
            key: None,
            ticket: None,
        };
        let variables = serde_json::Value::Null;
        self.run(
            Operation {
                query: Some(query.to_owned()),
                document_id: None,
                name: None,
                variables,
                extensions: None,
                read_only: true,
            },
            ask,
        )
        .await
        .json
    }

    /// Runs one operation that is no subscription.
    pub async fn run(&self, operation: Operation, ask: Ask) -> Reached {
        let (began, read_only) = (Instant::now(), operation.read_only);
        match self.open(operation, ask.caller.role).await {
            Ok(opened) => self.run_opened(opened, read_only, ask, began).await,
            Err(refused) => {
                Tally::unread(&self.names).ends(&refused, began.elapsed());
                refused
            }
        }
    }

    /// Reads an operation, and finds it fit to run.
    pub(super) async fn open(&self, operation: Operation, role: Role) -> Result<Opened, Reached> {
        match self.documents.open(operation).await {
            Ok(opened) => Ok(opened),
            Err(closed) => Err(self.closed(closed, role).await),
        }
    }

    /// Runs what was opened, and counts it.
    pub(super) async fn run_opened(
        &self,
        opened: Opened,
        read_only: bool,
        ask: Ask,
        began: Instant,
    ) -> Reached {
        let tally = Tally::of(&self.names, &opened);
        let reached = self.run_fit(opened, read_only, ask).await;
        tally.ends(&reached, began.elapsed());
        reached
    }

    async fn run_fit(&self, opened: Opened, read_only: bool, ask: Ask) -> Reached {
        if opened.shape.subscribes {
            return refused("Subscriptions come over WebSocket or as an event stream.");
        }
        let (mutates, fields) = (opened.shape.mutates, opened.shape.root_fields);
        if mutates && read_only {
            let reached = refused("Mutations are sent by POST.");
            return Reached {
                outcome: Outcome::NotReadOnly,
                ..reached
            };
        }
        let dry = ask.caller.dry_run && mutates;
        if dry && fields != 1 {
            return refused("A dry run takes one mutation field.");
        }
        if dry && !self.sandbox && !ask.caller.role.is_staff() {
            return refused("Dry runs are for staff and the sandbox.");
        }
        let limit = if dry {
            self.limits.dry_run
        } else {
            self.limits.time
        };
        let work = async {
            if dry {
                return self.try_out(request(opened), ask).await;
            }
            match key(&opened, &ask) {
                Some(key) => {
                    let title = opened.title().map(Arc::from);
                    self.shared(key, title, request(opened), ask).await
                }
                None => self.answer(request(opened), ask, mutates, fields).await,
            }
        };
        let reached = tokio::time::timeout(limit, work).await;
        reached.unwrap_or_else(|_| Reached::refused(Fault::Timeout))
    }

    /// The trusted documents that would not run, each with what is wrong with it.
    pub async fn mistrusted(&self) -> Vec<(String, String)> {
        self.documents.mistrusted().await
    }

    pub(super) async fn answer(
        &self,
        request: Request,
        ask: Ask,
        mutates: bool,
        fields: u64,
    ) -> Reached {
        let way = Way {
            door: self.door().clone(),
            read: self.door().reader(),
            header_key: ask.key.clone().filter(|_| fields == 1),
            mutates,
        };
        self.execute(request, ask, way).await.reached
    }

    async fn try_out(&self, request: Request, ask: Ask) -> Reached {
        let trial = match self.door().dry_run().await {
            Ok(trial) => trial,
            Err(error) => return Reached::refused(error),
        };
        let way = Way {
            door: trial.door.clone(),
            read: trial.reader.clone(),
            header_key: None,
            mutates: true,
        };
        self.execute(request, ask, way).await.reached
    }

    pub(super) async fn execute(&self, request: Request, ask: Ask, way: Way) -> Executed {
        let Way {
            door,
            read,
            header_key,
            mutates,
        } = way;
        let position = Arc::new(AtomicI64::new(0));
        let door = door.noting(position.clone());
        let dry_run = ask.caller.dry_run && mutates;
        let (call, echo) = self.call(ask, door, read.clone(), header_key);
        let (loaders, batches) = loaders(read.clone(), mutates);
        let request = request.data(call.clone()).data(loaders);
        let mut response = drive(FAST.execute(request), batches).await;
        super::error::mark_bad_requests(&mut response);
        let extensions = &mut response.extensions;
        extensions.insert("context".to_owned(), echo);
        if dry_run {
            extensions.insert("dryRun".to_owned(), Value::Boolean(true));
        }
        let replayed = *call.replayed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(replayed) = replayed {
            extensions.insert("idempotency".to_owned(), value!({ "replayed": replayed }));
        }
        let position = position.load(Ordering::SeqCst);
        if position > 0 {
            let token = self.answers.token(position);
            extensions.insert("consistency".to_owned(), value!({ "token": token }));
        }
        Executed {
            faultless: response.errors.is_empty(),
            private: call.asker.was_looked_at(),
            reached: Reached::of(&response, read.statements()),
        }
    }

    /// What resolvers see of a request, and what it echoes of itself.
    pub(super) fn call(
        &self,
        ask: Ask,
        door: Door,
        read: crate::db::Reader,
        header_key: Option<String>,
    ) -> (Arc<Call>, Value) {
        let channel = ask.channel;
        let language = language(ask.language, channel.as_ref());
        let echo = value!({
            "channel": channel.as_ref().map(|channel| channel.code.clone()),
            "language": language.clone(),
        });
        let call = Call {
            asker: Asker::new(ask.caller, door.clock().now()),
            house: House {
                door: door.clone(),
                ..self.house.clone()
            },
            door,
            access: self.access.clone(),
            read,
            channel,
            language,
            sandbox: self.sandbox,
            header_key,
            replayed: Mutex::new(None),
        };
        (Arc::new(call), echo)
    }
}

pub(super) fn builder() -> async_graphql::SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    )
}

/// The operation as the schema takes it.
pub(super) fn request(opened: Opened) -> Request {
    let mut request = Request::new("").variables(opened.variables);
    request.operation_name = opened.name;
    request.set_parsed_query(opened.document.document.clone());
    request
}

fn language(asked: Option<String>, channel: Option<&channels::Model>) -> String {
    asked
        .or_else(|| channel.map(|channel| channel.default_language.clone()))
        .unwrap_or_else(|| "en".to_owned())
}

fn refused(message: &str) -> Reached {
    Reached::refused(Refused::new(Code::BadRequest, message))
}

#[cfg(test)]
mod tests {
    use async_graphql::indexmap::IndexMap;
    use async_graphql::{Name, Response, Value};

    use super::Reached;

    #[test]
    fn fields_come_in_the_order_they_were_asked_for() {
        let fields = ["version", "id", "errors"].map(|name| (Name::new(name), Value::Null));
        let data = Value::Object(IndexMap::from(fields));
        let reached = Reached::of(&Response::new(data), 0);
        let json = String::from_utf8_lossy(&reached.json);
        let wanted = r#"{"data":{"version":null,"id":null,"errors":null}"#;
        assert!(json.starts_with(wanted), "{json}");
    }
}
