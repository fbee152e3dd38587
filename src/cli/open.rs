//! From settings to a running house, and whether its database can be worked with.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;

use crate::app::{App, Fitness, Setup};
use crate::config::{Settings, documents, secret_key};
use crate::db::Pools;
use crate::db::fuse::Fuse;
use crate::domain::access::{self, Lifetimes, Lockout, PasswordCost};
use crate::graphql::{self, Limits, Trusted};
use crate::http::{Bounds, Lives};
use crate::process::Times;

use super::exit::{Exit, Failure, told};

/// Connects and builds; the database may still be empty.
pub async fn open(settings: &Settings) -> Result<App, Failure> {
    let secret = secret_key(settings).map_err(|error| Failure::new(Exit::Usage, error))?;
    if let Some(folder) = settings
        .database_url
        .sqlite_file()
        .and_then(|file| file.parent())
    {
        std::fs::create_dir_all(folder).map_err(|error| {
            Failure::new(Exit::Unreachable, format!("{}: {error}", folder.display()))
        })?;
    }
    let setup = Setup {
        database_url: settings.database_url.as_str().to_owned(),
        pools: Pools {
            connections: settings.database_connections,
            acquire: settings.database_acquire,
            lock_wait: settings.database_lock_wait,
            sqlite_durable: settings.sqlite_durable,
        },
        secret,
        sandbox: settings.sandbox,
        limits: Limits {
            time: settings.request_timeout,
            ..Limits::default()
        },
        graph: graph(settings)?,
        lives: lives(settings),
        bounds: bounds(settings),
        access: access_settings(settings),
        times: times(settings),
        fuse: (settings.crash_at_statement > 0)
            .then(|| Arc::new(Fuse::lethal(settings.crash_at_statement))),
    };
    App::build(setup).await.map_err(|fault| {
        let url = &settings.database_url;
        Failure::new(
            Exit::Unreachable,
            format!("cannot open {url}: {}", told(&fault)),
        )
    })
}

/// Documents and answers, as the settings have them.
fn graph(settings: &Settings) -> Result<graphql::Settings, Failure> {
    let refused = |error: &dyn std::fmt::Display| {
        Failure::new(Exit::Usage, format!("trusted_documents: {error}"))
    };
    let trusted = match &settings.trusted_documents {
        Some(path) => {
            let files = documents(path)
                .map_err(|error| refused(&format_args!("{}: {error}", path.display())))?;
            let trusted = Trusted::read(&files).map_err(|error| refused(&error))?;
            Some(Arc::new(trusted))
        }
        None => None,
    };
    Ok(graphql::Settings {
        trusted,
        persisted_bytes: settings.persisted_queries_kib * 1024,
        documents_bytes: settings.document_cache_kib * 1024,
        answers_bytes: settings.answer_cache_kib * 1024,
        introspection: settings.introspection,
        suggestions: settings.suggestions,
    })
}

/// Lifetimes, lock-out and the cost of a password, as the settings have them.
fn access_settings(settings: &Settings) -> access::Settings {
    let seconds = |span: Duration| TimeDelta::from_std(span).unwrap_or(TimeDelta::MAX);
    let defaults = access::Settings::default();
    access::Settings {
        lifetimes: Lifetimes {
            access: seconds(settings.access_token_ttl),
            refresh: seconds(settings.refresh_token_ttl),
            signing_key: seconds(settings.signing_key_ttl),
            ..defaults.lifetimes
        },
        lockout: Lockout {
            after: i64::from(settings.sign_in_failures_max),
            lasts: seconds(settings.sign_in_lock),
        },
        cost: PasswordCost {
            memory_kib: settings.argon2_memory_kib,
            ..defaults.cost
        },
        ..defaults
    }
}

fn lives(settings: &Settings) -> Lives {
    Lives {
        most: settings.subscribers_max,
        operations: settings.socket_operations_max,
        message_bytes: settings.socket_message_bytes_max,
        init: settings.socket_init_timeout,
        beat: settings.socket_beat,
        patience: settings.socket_write_timeout,
    }
}

fn bounds(settings: &Settings) -> Bounds {
    Bounds {
        connections: settings.connections_max,
        running: settings.requests_max,
        headers: settings.header_timeout,
        idle: settings.idle_timeout,
        body: settings.body_timeout,
        body_bytes: settings.body_bytes_max,
        write: settings.write_timeout,
        request: settings.request_timeout,
        stop: settings.stop_timeout,
        origins: settings.cors_origins.clone(),
    }
}

fn times(settings: &Settings) -> Times {
    Times {
        lease: settings.process_lease,
        gateway: settings.gateway_timeout,
        horizon: settings.gateway_horizon,
        hold: settings.hold_ttl,
        patience: settings.completion_wait,
        poll: settings.worker_poll,
        first_check: settings.payment_check,
    }
}

/// The same, for commands that need a database which is up to date.
pub async fn open_ready(settings: &Settings) -> Result<App, Failure> {
    let app = open(settings).await?;
    require_ready(&app.fitness().await?)?;
    Ok(app)
}

/// Refuses a database that is not as this program knows it, naming the command that mends it.
pub fn require_ready(fitness: &Fitness) -> Result<(), Failure> {
    let text = match fitness {
        Fitness::Ready => return Ok(()),
        Fitness::Empty => "the database is empty: run `rialto migrate up`".to_owned(),
        Fitness::Behind(missing) => format!(
            "the database lacks {} migrations, the first is {}: run `rialto migrate up`",
            missing.len(),
            missing.first().map_or("", String::as_str)
        ),
        Fitness::Ahead(unknown) => format!(
            "the database has migrations that this program does not know, such as {}: use the \
             version of Rialto that made them, or a later one",
            unknown.first().map_or("", String::as_str)
        ),
        Fitness::RulesDiffer => "the transition rules in the database are not those of this \
             program: run `rialto migrate up`"
            .to_owned(),
    };
    Err(Failure::new(Exit::Unfit, text))
}
