//! The command line: one file per command.
//!
//! `rialto` without a command is `rialto serve`. Results go to standard output, everything else to
//! standard error; how a command ended is told by its exit code (`exit`). Deliberately absent: SQL.
//!
//! To add a command: 1. its file with `Args` and `run`; 2. its line in [`Verb`] and in [`carry_out`].

mod check;
mod config;
mod demo;
mod exit;
mod import;
mod migrate;
mod open;
mod out;
mod progress;
mod schema;
mod seed;
mod serve;
mod token;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use self::exit::{Exit, Failure};
use crate::config::{Loaded, LogFormat, Origin, Sources, load};

const EXAMPLES: &str = "\
Examples:
  rialto                                     serve; without a database it makes the demo shop first
  rialto migrate up                          bring the database up to date
  rialto import products shop.csv --dry-run  what importing a Shopify CSV would change
  rialto token --role admin                  a token for the API, good for an hour
  rialto check                               is everything true that must be?
  DATABASE_URL=postgres://shop@db/shop rialto serve";

/// Rialto: a headless GraphQL commerce API.
#[derive(Debug, Parser)]
#[command(
    name = "rialto",
    version,
    about,
    long_about = "Rialto: a headless GraphQL commerce API.\n\n\
        One binary serves the API at /graphql and the playground at /. Without settings it keeps \
        an SQLite database under data/ and fills it with a demo shop.",
    after_help = EXAMPLES,
    after_long_help = format!("{EXAMPLES}\n\n{}", Exit::HELP)
)]
struct Line {
    /// Settings to read instead of rialto.toml.
    #[arg(long, global = true, value_name = "FILE", env = "RIALTO_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    Serve(serve::Args),
    Migrate(migrate::Args),
    Seed(seed::Args),
    Import(import::Args),
    Schema(schema::Args),
    Token(token::Args),
    Check(check::Args),
    Config(config::Args),
}

/// Reads the command line and carries it out.
pub fn main() -> ExitCode {
    let line = match Line::try_parse() {
        Ok(line) => line,
        Err(told) => {
            let exit = if told.use_stderr() {
                Exit::Usage
            } else {
                Exit::Done
            };
            // Nobody listens any more if this fails.
            let _ = told.print();
            return exit.into();
        }
    };
    match run(line) {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("rialto: {error:#}");
            let failure = error.downcast_ref::<Failure>();
            failure.map_or(Exit::Fault, |failure| failure.exit).into()
        }
    }
}

fn run(line: Line) -> anyhow::Result<Exit> {
    let verb = line.verb.unwrap_or_default();
    let loaded = load(&Sources::of_process(line.config))
        .map_err(|error| Failure::new(Exit::Usage, error))?;
    log(&loaded, matches!(verb, Verb::Serve(_)))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(carry_out(verb, &loaded))
}

async fn carry_out(verb: Verb, loaded: &Loaded) -> anyhow::Result<Exit> {
    match verb {
        Verb::Serve(args) => serve::run(&args, loaded).await,
        Verb::Migrate(args) => migrate::run(&args, loaded).await,
        Verb::Seed(args) => seed::run(&args, loaded).await,
        Verb::Import(args) => import::run(args, loaded).await,
        Verb::Schema(args) => schema::run(&args).await,
        Verb::Token(args) => token::run(&args, loaded).await,
        Verb::Check(args) => check::run(&args, loaded).await,
        Verb::Config(args) => Ok(config::run(&args, loaded)),
    }
}

impl Default for Verb {
    fn default() -> Self {
        Self::Serve(serve::Args::default())
    }
}

/// Logs to standard error: what the settings say; short commands say less by default.
fn log(loaded: &Loaded, serving: bool) -> anyhow::Result<()> {
    let settings = &loaded.settings;
    let asked = loaded
        .shown
        .iter()
        .any(|one| one.key == "log" && one.origin != Origin::Default);
    let filter = if serving || asked {
        settings.log.as_str()
    } else {
        "warn"
    };
    let filter = tracing_subscriber::EnvFilter::try_new(filter)
        .map_err(|error| Failure::new(Exit::Usage, format!("log: {error}")))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match settings.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Line;

    #[test]
    fn the_command_line_is_well_formed() {
        Line::command().debug_assert();
    }
}
