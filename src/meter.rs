//! Figures for operators: the names of all metrics, and the calls that count.
//!
//! Rooms count through the functions here, so that every name and label stands on this page. They
//! go through the facade of the `metrics` crate: where nobody asked for figures
//! ([`install`] was not called), counting does nothing. Labels are bounded: names of commands,
//! routes and codes are our own; a name that a client gave is shown only for documents that are
//! known, and only so many of them ([`Names`]). Deliberately absent: labels that name a person, an
//! order or a shop, and figures that nobody would act on.
//!
//! To add a figure: 1. its name and sentence in `described`; 2. a function here; 3. its call.

mod described;
mod names;

use std::time::{Duration, Instant};

use metrics::{Gauge, counter, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};

pub use names::Names;

/// The value of a label, cheap to copy.
pub type Label = metrics::SharedString;

/// What an operator reads: all figures as text.
pub type Figures = PrometheusHandle;

/// Upper bounds in seconds, from an answer out of the cache to a request that ran out of time.
const SECONDS: &[f64] = &[
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
    5.0, 10.0, 30.0,
];

/// Begins to count, for the whole process; once.
pub fn install() -> Result<Figures, BuildError> {
    let figures = PrometheusBuilder::new()
        .set_buckets(SECONDS)?
        .install_recorder()?;
    described::describe();
    gauge!("rialto_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    Ok(figures)
}

/// One more of something, until this is dropped.
pub struct Running(Gauge);

impl Running {
    fn of(gauge: Gauge) -> Self {
        gauge.increment(1.0);
        Self(gauge)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

/// A request has come.
pub fn request_begins() -> Running {
    Running::of(gauge!("rialto_http_requests_running"))
}

/// A request was answered; `route` is one of ours.
pub fn request_ends(route: &str, status: u16, took: Duration) {
    let (route, status) = (route.to_owned(), status.to_string());
    histogram!("rialto_http_request_seconds", "route" => route.clone()).record(took);
    counter!("rialto_http_requests_total", "route" => route, "status" => status).increment(1);
}

/// A command has come to the door.
pub fn command_begins() -> Running {
    Running::of(gauge!("rialto_commands_running"))
}

/// A command waits for its transaction; ends when dropped.
pub struct Waiting {
    since: Instant,
    _one: Running,
}

/// A command begins to wait for its transaction.
pub fn door_waits() -> Waiting {
    Waiting {
        since: Instant::now(),
        _one: Running::of(gauge!("rialto_door_waiting")),
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        histogram!("rialto_door_wait_seconds").record(self.since.elapsed());
    }
}

/// A command has ended: `done`, `replayed`, `refused`, `busy` or `failed`.
pub fn command_ends(command: &'static str, outcome: &'static str, took: Duration) {
    counter!("rialto_commands_total", "command" => command, "outcome" => outcome).increment(1);
    histogram!("rialto_command_seconds", "command" => command).record(took);
}

/// A command was refused with this code, written as the code is named here (`OutOfStock`).
pub fn command_refused(command: &'static str, code: &str) {
    let code = shouted(code);
    counter!("rialto_command_refusals_total", "command" => command, "code" => code).increment(1);
}

/// A command is tried again: `busy`, `stale` or `short`.
pub fn command_again(command: &'static str, reason: &'static str) {
    counter!("rialto_command_retries_total", "command" => command, "reason" => reason).increment(1);
}

/// The state of a pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// `read`, `write`, or `all` where one pool does both.
    pub name: &'static str,
    /// Open connections that do nothing.
    pub idle: u32,
    /// Open connections at work.
    pub busy: u32,
    /// How many there may be.
    pub max: u32,
}

/// A pool as it stands.
pub fn pool(pool: &Pool) {
    let connections =
        |state| gauge!("rialto_pool_connections", "pool" => pool.name, "state" => state);
    connections("idle").set(pool.idle);
    connections("busy").set(pool.busy);
    gauge!("rialto_pool_connections_max", "pool" => pool.name).set(pool.max);
}

/// Whether the database answers.
pub fn database(up: bool) {
    gauge!("rialto_database_up").set(f64::from(u8::from(up)));
}

/// How long ago the relay of this process had passed on everything there was; none: it has not
/// started.
pub fn relay(lag: Option<Duration>) {
    gauge!("rialto_relay_lag_seconds").set(lag.map_or(f64::NAN, |lag| lag.as_secs_f64()));
}

/// A look into the cache of whole answers: `hit`, `miss`, `stale`, `shared` (waited for another's
/// execution) or `passed` (may not be kept).
pub fn answer_cache(result: &'static str) {
    counter!("rialto_answer_cache_total", "result" => result).increment(1);
}

/// A look into the cache of parsed documents: `hit` or `miss`.
pub fn document_cache(result: &'static str) {
    counter!("rialto_document_cache_total", "result" => result).increment(1);
}

/// A subscription is open over `transport` (`websocket`, `sse`).
pub fn subscription_begins(transport: &'static str) -> Running {
    Running::of(gauge!("rialto_subscriptions_running", "transport" => transport))
}

/// An operation has ended; `name` as [`Names::shown`] gave it.
pub fn operation_ends(name: Label, kind: &'static str, outcome: &'static str, took: Duration) {
    histogram!("rialto_operation_seconds", "operation" => name.clone(), "kind" => kind)
        .record(took);
    counter!(
        "rialto_operations_total",
        "operation" => name, "kind" => kind, "outcome" => outcome
    )
    .increment(1);
}

/// `OutOfStock` as clients know it: `OUT_OF_STOCK`.
fn shouted(code: &str) -> String {
    let mut shouted = String::with_capacity(code.len() + 4);
    for (at, letter) in code.char_indices() {
        if at > 0 && letter.is_ascii_uppercase() {
            shouted.push('_');
        }
        shouted.push(letter.to_ascii_uppercase());
    }
    shouted
}

#[cfg(test)]
mod tests {
    use super::shouted;

    #[test]
    fn codes_are_written_as_clients_know_them() {
        assert_eq!(shouted("OutOfStock"), "OUT_OF_STOCK");
        assert_eq!(shouted("Busy"), "BUSY");
    }
}
