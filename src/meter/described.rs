//! What each figure means, as collectors show it beside the figure.

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

type Says = (&'static str, &'static str);

const COUNTERS: &[Says] = &[
    (
        "rialto_http_requests_total",
        "HTTP requests, by route and status.",
    ),
    (
        "rialto_operations_total",
        "GraphQL operations, by name (known documents only), kind and outcome.",
    ),
    (
        "rialto_commands_total",
        "Commands through the door, by name and outcome.",
    ),
    (
        "rialto_command_refusals_total",
        "Refusals of commands, by name and code.",
    ),
    (
        "rialto_command_retries_total",
        "Further attempts at a command, by name and reason.",
    ),
    (
        "rialto_answer_cache_total",
        "Looks into the cache of whole answers, by result.",
    ),
    (
        "rialto_document_cache_total",
        "Looks into the cache of parsed documents, by result.",
    ),
];

const SECONDS: &[Says] = &[
    (
        "rialto_http_request_seconds",
        "Time from a request's head to its answer's head.",
    ),
    (
        "rialto_operation_seconds",
        "Time of a GraphQL operation, by name and kind.",
    ),
    (
        "rialto_command_seconds",
        "Time of a command from the door to its answer, by name.",
    ),
    (
        "rialto_door_wait_seconds",
        "Time a command waited for its transaction to begin.",
    ),
];

const GAUGES: &[Says] = &[
    ("rialto_build_info", "1, with the version as a label."),
    (
        "rialto_http_requests_running",
        "HTTP requests that are being answered.",
    ),
    (
        "rialto_door_waiting",
        "Commands that wait for their transaction to begin.",
    ),
    (
        "rialto_commands_running",
        "Commands that are at work or wait.",
    ),
    (
        "rialto_pool_connections",
        "Connections of a pool, by state: idle or busy.",
    ),
    (
        "rialto_pool_connections_max",
        "Connections a pool may have.",
    ),
    (
        "rialto_database_up",
        "1 where the database answered the last question.",
    ),
    (
        "rialto_relay_lag_seconds",
        "Time since the relay of this process had passed on every committed event.",
    ),
    (
        "rialto_subscriptions_running",
        "Subscriptions that are open, by transport.",
    ),
];

/// Describes every figure.
pub(super) fn describe() {
    for (name, says) in COUNTERS {
        describe_counter!(*name, Unit::Count, *says);
    }
    for (name, says) in SECONDS {
        describe_histogram!(*name, Unit::Seconds, *says);
    }
    for (name, says) in GAUGES {
        describe_gauge!(*name, *says);
    }
}
