//! Settings: read once, checked whole, handed down.
//!
//! `default.toml` names every key; `rialto.toml` (or the file that is asked for) stands above it,
//! the environment above both. All problems are told at once, each with its key and where its
//! value came from. Deliberately absent: what the settings are for; that is `app`'s to hand out.
//!
//! To add one: 1. the key with its comment in `default.toml`; 2. a field of [`Settings`] and its
//! line in [`Settings::check`], which says what may stand there.

mod documents;
mod read;
mod secret;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ::config::{Config, File, FileFormat, Map};

pub use self::documents::documents;
pub use self::read::Origin;
use self::read::Reading;
pub use self::secret::{KeyError, secret_key};
use crate::kernel::secret::SecretKey;

/// The defaults, with a comment on every key.
pub const DEFAULT: &str = include_str!("default.toml");

/// Looked for in the working directory where no file is named.
pub const FILE: &str = "rialto.toml";

const PREFIX: &str = "RIALTO_";
const DAY_S: u64 = 86_400;
const MINUTE_MS: u64 = 60_000;

/// Where settings come from besides the defaults.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// A file that must be there; without one, [`FILE`] is read where it is.
    pub file: Option<PathBuf>,
    /// The environment.
    pub environment: HashMap<String, String>,
}

impl Sources {
    /// The environment of this process.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    pub fn of_process(file: Option<PathBuf>) -> Self {
        Self {
            file,
            environment: std::env::vars_os()
                .filter_map(|(key, value)| {
                    Some((key.into_string().ok()?, value.into_string().ok()?))
                })
                .collect(),
        }
    }
}

/// What the program goes by.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub struct Settings {
    /// Where the data is.
    pub database_url: DatabaseUrl,
    /// Size of the pool.
    pub database_connections: u32,
    /// Wait for a connection.
    pub database_acquire: Duration,
    /// Wait for a lock.
    pub database_lock_wait: Duration,
    /// SQLite: FULL or NORMAL.
    pub sqlite_durable: bool,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// What is served at `/`.
    pub playground: Playground,
    /// The documents that may run, where only some may.
    pub trusted_documents: Option<PathBuf>,
    /// Memory for persisted queries.
    pub persisted_queries_kib: u64,
    /// Memory for parsed documents.
    pub document_cache_kib: u64,
    /// Memory for whole answers; 0 keeps none.
    pub answer_cache_kib: u64,
    /// Whether the types of the graph are told.
    pub introspection: bool,
    /// Whether names are suggested.
    pub suggestions: bool,
    /// Where figures are shown.
    pub metrics: Metrics,
    /// Sockets and event streams at a time.
    pub subscribers_max: usize,
    /// Operations on a socket at a time.
    pub socket_operations_max: usize,
    /// Bytes of a message on a socket.
    pub socket_message_bytes_max: usize,
    /// Time for a client to say who it is.
    pub socket_init_timeout: Duration,
    /// How often something is sent when nothing happens.
    pub socket_beat: Duration,
    /// Time for a client to take what is sent.
    pub socket_write_timeout: Duration,
    /// Origins whose pages may call.
    pub cors_origins: Vec<String>,
    /// The longest request.
    pub request_timeout: Duration,
    /// Operations at once.
    pub requests_max: usize,
    /// Connections at once.
    pub connections_max: usize,
    /// Time for the first headers.
    pub header_timeout: Duration,
    /// Time between two requests.
    pub idle_timeout: Duration,
    /// Time for a body.
    pub body_timeout: Duration,
    /// Size of a body.
    pub body_bytes_max: usize,
    /// Time without anything taken of an answer.
    pub write_timeout: Duration,
    /// Time for running requests at the end.
    pub stop_timeout: Duration,
    /// Test gateway, movable clock, demo credentials.
    pub sandbox: bool,
    /// The key, where one is set; [`secret_key`] finds or makes it.
    pub secret_key: Option<SecretKey>,
    /// Where the key is kept otherwise.
    pub secret_key_file: PathBuf,
    /// A filter of `tracing-subscriber`.
    pub log: String,
    /// Text or JSON.
    pub log_format: LogFormat,
    /// Life of an access token.
    pub access_token_ttl: Duration,
    /// Life of a refresh token.
    pub refresh_token_ttl: Duration,
    /// Life of a signing key.
    pub signing_key_ttl: Duration,
    /// Failures that lock an account.
    pub sign_in_failures_max: u32,
    /// How long it is locked.
    pub sign_in_lock: Duration,
    /// Memory of a password hash.
    pub argon2_memory_kib: u32,
    /// Life of a hold on stock.
    pub hold_ttl: Duration,
    /// Lease of a process.
    pub process_lease: Duration,
    /// Time for a payment provider.
    pub gateway_timeout: Duration,
    /// From when a provider that knows nothing is believed.
    pub gateway_horizon: Duration,
    /// First look after an unknown outcome.
    pub payment_check: Duration,
    /// Wait of a completion.
    pub completion_wait: Duration,
    /// Pause of a worker without work.
    pub worker_poll: Duration,
    /// The statement at which the process ends; 0 never.
    pub crash_at_statement: i64,
}

/// A `sqlite:` or `postgres:` URL; printed without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The URL, password and all.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file of an SQLite database.
    pub fn sqlite_file(&self) -> Option<&Path> {
        let path = self.0.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        Some(Path::new(path.split('?').next().unwrap_or(path)))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&read::without_password(&self.0))
    }
}

/// Which page developers get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Playground {
    /// The one that was built in; where none was, the one from a CDN.
    Auto,
    /// The one whose editor comes from a CDN.
    Cdn,
    /// None.
    Off,
}

/// Where figures for Prometheus are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metrics {
    /// Nowhere, and nothing is counted.
    Off,
    /// At `/metrics`, where everything else is.
    On,
    /// At `/metrics` of an address of its own.
    At(SocketAddr),
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines, one object a line.
    Json,
}

/// Why there are no settings: every problem, each with its key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct SettingsError(pub Vec<String>);

impl From<::config::ConfigError> for SettingsError {
    fn from(error: ::config::ConfigError) -> Self {
        Self(vec![error.to_string()])
    }
}

/// One setting as it took effect, for `rialto config`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its key.
    pub key: String,
    /// Its value in TOML; secrets redacted.
    pub value: String,
    /// Where the value came from.
    pub origin: Origin,
}

/// Settings with what there is to tell about them.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What to go by.
    pub settings: Settings,
    /// Every key, in the order of the alphabet.
    pub shown: Vec<Shown>,
    /// Variables named `RIALTO_…` that are no setting.
    pub unused: Vec<String>,
}

/// Reads the sources, lays them over each other and checks the result.
pub fn load(sources: &Sources) -> Result<Loaded, SettingsError> {
    let defaults = Config::builder()
        .add_source(File::from_str(DEFAULT, FileFormat::Toml))
        .build()?
        .cache
        .into_table()?;
    let file = file_table(sources.file.as_deref())?;
    let mut problems: Vec<String> = file
        .keys()
        .filter(|key| !defaults.contains_key(*key))
        .map(|key| format!("{key}: there is no such setting; `rialto config` lists them all"))
        .collect();
    let (environment, unused) = environment(&sources.environment, &defaults);
    let mut reading = Reading::new(
        BTreeMap::from_iter(defaults),
        BTreeMap::from_iter(file),
        environment,
    );
    let settings = Settings::check(&mut reading);
    problems.extend(reading.problems());
    if !problems.is_empty() {
        return Err(SettingsError(problems));
    }
    Ok(Loaded {
        settings,
        shown: reading.shown(),
        unused,
    })
}

impl Settings {
    fn check(read: &mut Reading) -> Self {
        let second_ms = 1_000;
        let database_url = DatabaseUrl(read.database_url("database_url"));
        let sandbox = choice(read, "sandbox", database_url.sqlite_file().is_some());
        Self {
            sandbox,
            database_url,
            database_connections: read.number("database_connections", 1, 1_000),
            database_acquire: read.millis("database_acquire_ms", 1, 10 * MINUTE_MS),
            database_lock_wait: read.millis("database_lock_wait_ms", 1, 10 * MINUTE_MS),
            sqlite_durable: read.flag("sqlite_durable"),
            listen: read.address("listen"),
            playground: playground(read),
            metrics: match read.metrics("metrics") {
                Some(metrics) => metrics,
                None if sandbox => Metrics::On,
                None => Metrics::Off,
            },
            trusted_documents: Some(read.text("trusted_documents"))
                .filter(|path| !path.is_empty())
                .map(PathBuf::from),
            persisted_queries_kib: read.number("persisted_queries_kib", 1, 4 * 1_048_576),
            document_cache_kib: read.number("document_cache_kib", 1, 64 * 1_048_576),
            answer_cache_kib: read.number("answer_cache_kib", 0, 64 * 1_048_576),
            introspection: choice(read, "introspection", sandbox),
            suggestions: choice(read, "suggestions", sandbox),
            subscribers_max: read.number("subscribers_max", 0, 1_000_000),
            socket_operations_max: read.number("socket_operations_max", 1, 10_000),
            socket_message_bytes_max: read.number(
                "socket_message_bytes_max",
                1_024,
                64 * 1_048_576,
            ),
            socket_init_timeout: read.millis("socket_init_timeout_ms", 10, 10 * MINUTE_MS),
            socket_beat: read.millis("socket_beat_ms", 10, 60 * MINUTE_MS),
            socket_write_timeout: read.millis("socket_write_timeout_ms", 10, 10 * MINUTE_MS),
            cors_origins: read.origins("cors_origins"),
            request_timeout: read.millis("request_timeout_ms", 10, 60 * MINUTE_MS),
            requests_max: read.number("requests_max", 1, 1_000_000),
            connections_max: read.number("connections_max", 1, 1_000_000),
            header_timeout: read.millis("header_timeout_ms", 10, 60 * MINUTE_MS),
            idle_timeout: read.millis("idle_timeout_ms", 10, 60 * MINUTE_MS),
            body_timeout: read.millis("body_timeout_ms", 10, 60 * MINUTE_MS),
            body_bytes_max: read.number("body_bytes_max", 1_024, 32 * 1_048_576),
            write_timeout: read.millis("write_timeout_ms", 10, 60 * MINUTE_MS),
            stop_timeout: read.millis("stop_timeout_ms", 0, 60 * MINUTE_MS),
            secret_key: read.secret_key("secret_key"),
            secret_key_file: PathBuf::from(read.text("secret_key_file")),
            log: read.text("log"),
            log_format: match read.one_of("log_format", &["text", "json"]).as_str() {
                "json" => LogFormat::Json,
                _ => LogFormat::Text,
            },
            access_token_ttl: read.seconds("access_token_ttl_s", 1, 30 * DAY_S),
            refresh_token_ttl: read.seconds("refresh_token_ttl_s", 1, 3_650 * DAY_S),
            signing_key_ttl: read.seconds("signing_key_ttl_s", 60, 3_650 * DAY_S),
            sign_in_failures_max: read.number("sign_in_failures_max", 1, 1_000),
            sign_in_lock: read.seconds("sign_in_lock_s", 1, 30 * DAY_S),
            argon2_memory_kib: read.number("argon2_memory_kib", 8, 4 * 1_048_576),
            hold_ttl: read.seconds("hold_ttl_s", 1, 365 * DAY_S),
            process_lease: read.millis("process_lease_ms", 10, 60 * MINUTE_MS),
            gateway_timeout: read.millis("gateway_timeout_ms", 1, 10 * MINUTE_MS),
            gateway_horizon: read.millis("gateway_horizon_ms", 1, 60 * MINUTE_MS),
            payment_check: read.millis("payment_check_ms", 1, 60 * MINUTE_MS),
            completion_wait: read.millis("completion_wait_ms", 0, 60 * MINUTE_MS),
            worker_poll: read.millis("worker_poll_ms", 1, 60 * second_ms),
            crash_at_statement: read.number("crash_at_statement", 0, 1_000_000),
        }
    }
}

fn playground(read: &mut Reading) -> Playground {
    match read.one_of("playground", &["auto", "cdn", "off"]).as_str() {
        "cdn" => Playground::Cdn,
        "off" => Playground::Off,
        _ => Playground::Auto,
    }
}

/// On, off, or what `auto` means; true and false are taken too.
fn choice(read: &mut Reading, key: &str, auto: bool) -> bool {
    match read
        .one_of(key, &["auto", "on", "off", "true", "false"])
        .as_str()
    {
        "auto" => auto,
        choice => matches!(choice, "on" | "true"),
    }
}

fn file_table(named: Option<&Path>) -> Result<Map<String, ::config::Value>, SettingsError> {
    let path = named.unwrap_or(Path::new(FILE));
    if named.is_some() && !path.is_file() {
        let text = format!("{}: there is no such settings file", path.display());
        return Err(SettingsError(vec![text]));
    }
    let source = File::from(path)
        .format(FileFormat::Toml)
        .required(named.is_some());
    Ok(Config::builder()
        .add_source(source)
        .build()?
        .cache
        .into_table()?)
}

/// The variables that are settings, by key; and those that look like one and are none.
fn environment(
    all: &HashMap<String, String>,
    defaults: &Map<String, ::config::Value>,
) -> (BTreeMap<String, (String, String)>, Vec<String>) {
    let mut known = BTreeMap::new();
    let mut unused = Vec::new();
    for (name, value) in all {
        let key = match name.as_str() {
            "DATABASE_URL" => "database_url".to_owned(),
            _ => match name.strip_prefix(PREFIX) {
                Some(rest) => rest.to_ascii_lowercase(),
                None => continue,
            },
        };
        if !defaults.contains_key(&key) || name == "RIALTO_DATABASE_URL" {
            unused.push(name.clone());
        } else if !value.is_empty() {
            known.insert(key, (name.clone(), value.clone()));
        }
    }
    unused.retain(|name| !name.starts_with("RIALTO_TEST_") && name != "RIALTO_CONFIG");
    unused.sort();
    (known, unused)
}

#[cfg(test)]
#[path = "config_test.rs"]
mod tests;
