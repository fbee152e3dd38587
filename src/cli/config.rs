//! `rialto config`: the settings in effect, secrets redacted.

use super::exit::Exit;
use super::out;
use super::out::say;
use crate::config::{DEFAULT, Loaded, Metrics, Shown};

/// Show the settings in effect, secrets redacted.
///
/// Each line is valid TOML and says where its value came from. `--defaults` prints the file with
/// every key and its meaning instead: a good start for a `rialto.toml`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print all keys with their defaults and what they mean.
    #[arg(long)]
    defaults: bool,
}

/// What `auto` came to.
fn in_effect(one: &Shown, loaded: &Loaded) -> &'static str {
    match (one.key.as_str(), one.value.as_str()) {
        ("sandbox", "\"auto\"") if loaded.settings.sandbox => ", here: on",
        ("sandbox", "\"auto\"") => ", here: off",
        ("metrics", "\"auto\"") if loaded.settings.metrics == Metrics::Off => ", here: off",
        ("metrics", "\"auto\"") => ", here: on",
        _ => "",
    }
}

/// Prints them.
pub fn run(args: &Args, loaded: &Loaded) -> Exit {
    if args.defaults {
        out::write(format_args!("{DEFAULT}"));
        return Exit::Done;
    }
    for one in &loaded.shown {
        say!(
            "{} = {} # {}{}",
            one.key,
            one.value,
            one.origin,
            in_effect(one, loaded)
        );
    }
    for name in &loaded.unused {
        eprintln!("{name} is no setting and has no effect");
    }
    Exit::Done
}
